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

    /// <summary>Height x width, for instance <c>512x768</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}x{Width}");
}
