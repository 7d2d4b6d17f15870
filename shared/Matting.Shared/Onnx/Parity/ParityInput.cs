using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Shared.Onnx.Parity;

/// <summary>A batch that two engines, or two models, are compared on.</summary>
/// <param name="ImagesNchw">Normalised pictures, [Batch, 3, Height, Width].</param>
/// <param name="Batch">Number of pictures.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
public sealed record ParityInput(float[] ImagesNchw, int Batch, int Height, int Width)
{
    // dynamic models: the square they are made for, and sides that no pooling divides evenly
    private static readonly (int Height, int Width)[] DynamicSizes = [(256, 256), (320, 192), (173, 211)];

    /// <summary>The inputs that an export is checked with: something like a picture, and noise, also as a batch of two.</summary>
    /// <param name="height">The height of a fixed model; null for a dynamic one, which is checked at several sizes.</param>
    /// <param name="width">The width; null with <paramref name="height"/>.</param>
    /// <param name="profile">The normalisation of the model.</param>
    public static IEnumerable<ParityInput> For(int? height, int? width, NormalisationProfile profile)
    {
        (int Height, int Width)[] sizes = height is int h && width is int w ? [(h, w)] : DynamicSizes;
        foreach ((int Height, int Width) size in sizes)
        {
            PixelImage scene = Scene(size.Height, size.Width);
            PixelImage noise = Noise(size.Height, size.Width);
            yield return Of([scene], profile);
            yield return Of([noise, scene], profile);
        }
    }

    private static ParityInput Of(ReadOnlySpan<PixelImage> pictures, NormalisationProfile profile)
    {
        int plane = pictures[0].Width * pictures[0].Height;
        float[] values = new float[pictures.Length * 3 * plane];
        for (int i = 0; i < pictures.Length; i++)
            Preprocessing.ToNchw(pictures[i], profile, values.AsSpan(i * 3 * plane, 3 * plane));
        return new ParityInput(values, pictures.Length, pictures[0].Height, pictures[0].Width);
    }

    /// <summary>Soft light, a sharp disc and fine stripes: what alphas depend on.</summary>
    private static PixelImage Scene(int height, int width)
    {
        PixelImage image = new(width, height, 3);
        double radius = Math.Min(width, height) / 3.0;
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < width; x++)
            {
                bool inside = double.Hypot(x - width * 0.45, y - height * 0.55) < radius;
                int stripe = ((x + 2 * y) & 7) * 6;
                row[3 * x] = (byte)(inside ? 200 - stripe : 255 * x / width);
                row[3 * x + 1] = (byte)(inside ? 90 + stripe : 255 * y / height);
                row[3 * x + 2] = (byte)(inside ? 60 : 128 + stripe);
            }
        }
        return image;
    }

    private static PixelImage Noise(int height, int width)
    {
        PixelImage image = new(width, height, 3);
        SeededRandom random = new(height, width);
        foreach (ref byte value in image.Pixels.AsSpan())
            value = (byte)random.Next(256);
        return image;
    }
}
