using System.Numerics;
using Matting.Shared.Imaging;
using Matting.Shared.Imaging.Drawing;

namespace Matting.Runtime.Cli.Sheets;

/// <summary>Small versions of pictures, so that a sheet of many needs little memory.</summary>
internal static class Thumbnail
{
    private const int CheckSide = 8;

    // two light greys: what shines through is seen to be no part of the picture
    private static readonly Vector3 LightCheck = SheetCanvas.Paper;
    private static readonly Vector3 DarkCheck = SheetCanvas.Frame;

    /// <summary>Scales a picture so that its longer side is that of a cell.</summary>
    public static PixelImage Of(PixelImage picture, int cell)
    {
        double scale = (double)cell / Math.Max(picture.Width, picture.Height);
        int width = Math.Max(1, (int)Math.Round(picture.Width * scale)), height = Math.Max(1, (int)Math.Round(picture.Height * scale));
        return Preprocessing.ResizeForNetwork(picture, width, height);
    }

    /// <summary>A picture of one, three or four channels as RGB; what is transparent shows a checkerboard.</summary>
    public static PixelImage Opaque(PixelImage picture) =>
        picture.Channels == 4 ? OnChecks(picture.Width, picture.Height, (pixel, channel) => picture.Pixels[(4 * pixel) + channel], pixel => picture.Pixels[(4 * pixel) + 3]) : picture;

    /// <summary>A picture cut out by an alpha of the same size, over a checkerboard.</summary>
    public static PixelImage CutOut(PixelImage rgb, PixelImage alpha) =>
        OnChecks(rgb.Width, rgb.Height, (pixel, channel) => rgb.Pixels[(3 * pixel) + channel], pixel => alpha.Pixels[pixel]);

    private static PixelImage OnChecks(int width, int height, Func<int, int, byte> colour, Func<int, byte> alpha)
    {
        PixelImage result = new(width, height, 3);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int pixel = (y * width) + x;
                Vector3 ground = ((x / CheckSide) + (y / CheckSide)) % 2 == 0 ? LightCheck : DarkCheck;
                float opacity = alpha(pixel) / 255f;
                for (int channel = 0; channel < 3; channel++)
                    result.Pixels[(3 * pixel) + channel] = (byte)((colour(pixel, channel) * opacity) + (ground[channel] * (1 - opacity)) + 0.5f);
            }
        }
        return result;
    }
}
