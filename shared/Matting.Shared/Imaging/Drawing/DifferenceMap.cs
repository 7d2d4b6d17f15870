using System.Numerics;

namespace Matting.Shared.Imaging.Drawing;

/// <summary>Shows how far two alphas are apart: white is equal, then yellow, orange, red.</summary>
public static class DifferenceMap
{
    /// <summary>The difference (of 1) that gets the darkest colour; larger ones do too.</summary>
    public const double FullScale = 0.5;

    // the sequential scheme YlOrRd of ColorBrewer (Brewer 2003), begun at white
    private static readonly Vector3[] Stops =
        [new(255, 255, 255), new(255, 237, 160), new(254, 178, 76), new(252, 78, 42), new(189, 0, 38), new(100, 0, 30)];

    /// <summary>The colours of differences 0..255 (of 255), three bytes each.</summary>
    private static readonly byte[] Colours = [.. Enumerable.Range(0, 256).SelectMany(level => ColourOf(level / 255.0))];

    /// <summary>Colours the absolute difference of two grey pictures of equal size.</summary>
    /// <returns>RGB.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or a picture is not grey.</exception>
    public static PixelImage Of(PixelImage truth, PixelImage alpha)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(alpha);
        if (truth.Channels != 1 || alpha.Channels != 1 || truth.Width != alpha.Width || truth.Height != alpha.Height)
            throw new ArgumentException($"two grey pictures of one size are wanted, got {Describe(truth)} and {Describe(alpha)}", nameof(alpha));
        PixelImage map = new(truth.Width, truth.Height, 3);
        for (int i = 0; i < truth.Pixels.Length; i++)
            Colours.AsSpan(3 * Math.Abs(truth.Pixels[i] - alpha.Pixels[i]), 3).CopyTo(map.Pixels.AsSpan(3 * i));
        return map;
    }

    /// <summary>R, G, B of a difference of 0..1.</summary>
    public static byte[] ColourOf(double difference)
    {
        float place = (float)Math.Min(1, difference / FullScale) * (Stops.Length - 1);
        int stop = Math.Min((int)place, Stops.Length - 2);
        Vector3 colour = Vector3.Lerp(Stops[stop], Stops[stop + 1], place - stop);
        return [(byte)(colour.X + 0.5f), (byte)(colour.Y + 0.5f), (byte)(colour.Z + 0.5f)];
    }

    private static string Describe(PixelImage picture) => $"{picture.Width}x{picture.Height} with {picture.Channels} channels";
}
