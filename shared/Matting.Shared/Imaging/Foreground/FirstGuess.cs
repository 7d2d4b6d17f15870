namespace Matting.Shared.Imaging.Foreground;

/// <summary>What the first level starts from: the mean colours of what is surely foreground and surely background, 0..1.</summary>
internal readonly struct FirstGuess
{
    // from 0.9 on, and up to 0.1
    private const int SurelyForeground = 230;
    private const int SurelyBackground = 25;

    private readonly Sums _foreground;
    private readonly Sums _background;

    private FirstGuess(Sums foreground, Sums background) => (_foreground, _background) = (foreground, background);

    /// <summary>Takes the means; a picture without the one or the other lends its own mean.</summary>
    public static FirstGuess Of(PixelImage rgb, PixelImage alpha)
    {
        Sums foreground = default, background = default, between = default;
        ReadOnlySpan<byte> colours = rgb.Pixels;
        foreach (byte level in alpha.Pixels)
        {
            if (level >= SurelyForeground)
                foreground.Add(colours);
            else if (level <= SurelyBackground)
                background.Add(colours);
            else
                between.Add(colours);
            colours = colours[3..];
        }
        Sums all = foreground + background + between;
        return new FirstGuess(foreground.Count > 0 ? foreground : all, background.Count > 0 ? background : all);
    }

    public float Foreground(int channel) => _foreground.Mean(channel);

    public float Background(int channel) => _background.Mean(channel);

    private struct Sums
    {
        private long _red;
        private long _green;
        private long _blue;

        public long Count { get; private set; }

        public static Sums operator +(Sums a, Sums b) =>
            new() { _red = a._red + b._red, _green = a._green + b._green, _blue = a._blue + b._blue, Count = a.Count + b.Count };

        public void Add(ReadOnlySpan<byte> pixel)
        {
            _red += pixel[0];
            _green += pixel[1];
            _blue += pixel[2];
            Count++;
        }

        public readonly float Mean(int channel) => (float)(channel switch { 0 => _red, 1 => _green, _ => _blue } / (255.0 * Count));
    }
}
