namespace Matting.Shared.Imaging.Foreground;

/// <summary>The size of one level.</summary>
internal readonly record struct LevelSize(int Width, int Height)
{
    public int Pixels => Width * Height;

    /// <summary>From 1x1 to the whole picture: with L = ceil(log2(longest side)), level l has the sides' (l / L)th powers, rounded.</summary>
    public static IEnumerable<LevelSize> UpTo(int width, int height)
    {
        int last = LastOf(width, height);
        for (int level = 0; level <= last; level++)
            yield return At(width, height, level, last);
    }

    /// <summary>The largest level but one; 1x1 below a picture of one pixel.</summary>
    public static LevelSize Below(int width, int height)
    {
        int last = LastOf(width, height);
        return last == 0 ? new LevelSize(1, 1) : At(width, height, last - 1, last);
    }

    private static int LastOf(int width, int height) => (int)Math.Ceiling(Math.Log2(Math.Max(width, height)));

    private static LevelSize At(int width, int height, int level, int last) => level == last
        ? new LevelSize(width, height)
        : new LevelSize(Side(width, (double)level / last), Side(height, (double)level / last));

    private static int Side(int side, double power) => (int)Math.Round(Math.Pow(side, power));
}
