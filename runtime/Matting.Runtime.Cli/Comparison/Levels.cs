using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>Grey pictures and pictures with colours, side by side.</summary>
internal static class Levels
{
    /// <summary>True for a picture of four channels that one would tell completely.</summary>
    public static bool AreGreyAndOpaque(PixelImage rgba)
    {
        ReadOnlySpan<byte> pixels = rgba.Pixels;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2] || pixels[i + 3] != byte.MaxValue)
                return false;
        }
        return true;
    }

    /// <summary>The red channel alone.</summary>
    public static PixelImage Grey(PixelImage rgba)
    {
        PixelImage grey = new(rgba.Width, rgba.Height, 1);
        for (int i = 0; i < grey.Pixels.Length; i++)
            grey.Pixels[i] = rgba.Pixels[4 * i];
        return grey;
    }

    /// <summary>Four channels, whatever the picture has.</summary>
    public static PixelImage Rgba(PixelImage picture)
    {
        if (picture.Channels == 4)
            return picture;
        PixelImage rgba = new(picture.Width, picture.Height, 4);
        for (int i = 0; i < rgba.Pixels.Length / 4; i++)
        {
            for (int channel = 0; channel < 3; channel++)
                rgba.Pixels[(4 * i) + channel] = picture.Pixels[(picture.Channels * i) + (picture.Channels == 1 ? 0 : channel)];
            rgba.Pixels[(4 * i) + 3] = byte.MaxValue;
        }
        return rgba;
    }

    /// <summary>The largest difference of each pixel's channels, as a grey picture.</summary>
    public static PixelImage Difference(PixelImage first, PixelImage second)
    {
        PixelImage map = new(first.Width, first.Height, 1);
        for (int i = 0; i < map.Pixels.Length; i++)
        {
            int largest = 0;
            for (int channel = 0; channel < first.Channels; channel++)
                largest = Math.Max(largest, Math.Abs(first.Pixels[(first.Channels * i) + channel] - second.Pixels[(first.Channels * i) + channel]));
            map.Pixels[i] = (byte)largest;
        }
        return map;
    }
}
