using System.Buffers;
using Matting.Shared.Imaging.Enhancing;
using Matting.Shared.Imaging.Foreground;

namespace Matting.Shared.Imaging;

/// <summary>Pictures put together from colours and an alpha. They have the colours' profile; that of a background is not looked at.</summary>
public static class Compositing
{
    /// <summary>Colours and alpha as one RGBA picture, not premultiplied.</summary>
    /// <param name="rgb">A picture of three channels.</param>
    /// <param name="alpha">Its alpha: one channel, the same size.</param>
    /// <exception cref="ArgumentException">A wrong number of channels, or sizes that differ.</exception>
    public static PixelImage WithAlpha(PixelImage rgb, PixelImage alpha)
    {
        AlphaPair.Check(rgb, alpha);
        PixelImage result = new(rgb.Width, rgb.Height, 4) { ColourProfile = rgb.ColourProfile };
        CompositingKernels.Interleave(rgb.Pixels, alpha.Pixels, result.Pixels);
        return result;
    }

    /// <summary>Puts a foreground over one colour: <c>(a F + (255 - a) B) / 255</c>, rounded.</summary>
    /// <param name="foreground">A picture of three channels.</param>
    /// <param name="alpha">Its alpha: one channel, the same size.</param>
    /// <param name="red">Red of the background.</param>
    /// <param name="green">Green of the background.</param>
    /// <param name="blue">Blue of the background.</param>
    /// <exception cref="ArgumentException">A wrong number of channels, or sizes that differ.</exception>
    public static PixelImage OverColour(PixelImage foreground, PixelImage alpha, byte red, byte green, byte blue)
    {
        AlphaPair.Check(foreground, alpha);
        PixelImage row = new(foreground.Width, 1, 3);
        for (int at = 0; at < row.Pixels.Length; at += 3)
            (row.Pixels[at], row.Pixels[at + 1], row.Pixels[at + 2]) = (red, green, blue);
        return Over(foreground, alpha, row);
    }

    /// <summary>Puts a foreground over another picture: <c>(a F + (255 - a) B) / 255</c>, rounded.</summary>
    /// <param name="foreground">A picture of three channels.</param>
    /// <param name="alpha">Its alpha: one channel, the same size.</param>
    /// <param name="background">A picture of three channels of the same size; see <see cref="Cover"/>.</param>
    /// <exception cref="ArgumentException">A wrong number of channels, or sizes that differ.</exception>
    public static PixelImage OverPicture(PixelImage foreground, PixelImage alpha, PixelImage background)
    {
        AlphaPair.Check(foreground, alpha);
        AlphaPair.Check(background, alpha);
        return Over(foreground, alpha, background);
    }

    /// <summary>Makes a picture fill a size without distorting it: the middle part of the right proportions, resized with Pillow's bilinear filter.</summary>
    /// <param name="picture">Any picture.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or a result beyond 2 GiB.</exception>
    public static PixelImage Cover(PixelImage picture, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        double scale = Math.Min((double)picture.Width / width, (double)picture.Height / height);
        int partWidth = Math.Clamp((int)Math.Round(width * scale), 1, picture.Width), partHeight = Math.Clamp((int)Math.Round(height * scale), 1, picture.Height);
        PixelImage part = PixelTransforms.Crop(picture, (picture.Width - partWidth) / 2, (picture.Height - partHeight) / 2, partWidth, partHeight);
        return Preprocessing.ResizeForNetwork(part, width, height);
    }

    // a background of one row stands for a whole picture of such rows
    private static PixelImage Over(PixelImage foreground, PixelImage alpha, PixelImage background)
    {
        PixelImage result = new(foreground.Width, foreground.Height, 3) { ColourProfile = foreground.ColourProfile };
        byte[] shares = ArrayPool<byte>.Shared.Rent(result.Stride);
        for (int y = 0; y < result.Height; y++)
        {
            Span<byte> share = shares.AsSpan(0, result.Stride);
            BlendKernels.Triple(alpha.Row(y), share);
            CompositingKernels.Mix(foreground.Row(y), background.Row(background.Height == 1 ? 0 : y), share, result.Row(y));
        }
        ArrayPool<byte>.Shared.Return(shares);
        return result;
    }
}
