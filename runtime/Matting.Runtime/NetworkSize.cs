using System.Globalization;

namespace Matting.Runtime;

/// <summary>The size of a network's input and output in pixels.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct NetworkSize(int Height, int Width)
{
    // five poolings by two: on multiples of 32 every level divides evenly
    private const int Step = 32;

    /// <summary>Number of pixels.</summary>
    public long Pixels => (long)Height * Width;

    /// <summary>
    /// The size for a picture in a model of open size: the picture's own, scaled down (sides in proportion) if a side
    /// is longer than the limit, each side rounded to the nearest multiple of 32.
    /// </summary>
    /// <param name="height">The picture's height.</param>
    /// <param name="width">The picture's width.</param>
    /// <param name="longestSide">The limit, at least 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side below 1, or a limit below 32.</exception>
    public static NetworkSize ForPicture(int height, int width, int longestSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestSide, Step);
        double scale = Math.Min(1.0, (double)longestSide / Math.Max(height, width));
        int largest = longestSide / Step * Step;
        return new(Rounded(height * scale), Rounded(width * scale));

        int Rounded(double side) => Math.Clamp((int)Math.Round(side / Step, MidpointRounding.AwayFromZero) * Step, Step, largest);
    }

    /// <summary>
    /// The size for a picture in a network that was trained on crops of one size (the rule of MODNet's <c>inference_onnx.py</c>): a picture whose
    /// sides are all below or all above that size is scaled until its shorter side has it, others keep theirs; sides end at a multiple of 32.
    /// </summary>
    /// <param name="height">The picture's height.</param>
    /// <param name="width">The picture's width.</param>
    /// <param name="shorterSide">What the shorter side becomes, at least 32.</param>
    /// <param name="longestSide">A limit, at least 32; a picture that the rule would make longer takes <see cref="ForPicture"/> instead.</param>
    public static NetworkSize ByShorterSide(int height, int width, int shorterSide, int longestSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shorterSide, Step);
        bool keeps = Math.Max(height, width) >= shorterSide && Math.Min(height, width) <= shorterSide;
        double tall = keeps ? height : width >= height ? shorterSide : (double)height / width * shorterSide;
        double wide = keeps ? width : width >= height ? (double)width / height * shorterSide : shorterSide;
        return Math.Max(tall, wide) > longestSide
            ? ForPicture(height, width, longestSide)
            : new(Whole(tall), Whole(wide));

        static int Whole(double side) => Math.Max(Step, (int)side / Step * Step);
    }

    /// <summary>Height x width, for instance <c>512x768</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}x{Width}");
}
