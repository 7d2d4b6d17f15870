using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Benchmarks;

/// <summary>Pictures to measure with.</summary>
internal static class SomePicture
{
    /// <summary>Noise, so that no branch predictor learns it.</summary>
    public static PixelImage Of(int width, int height, int channels)
    {
        PixelImage image = new(width, height, channels);
        SeededRandom random = new(width, height, channels);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)random.NextUInt64();
        return image;
    }

    /// <summary>What compresses like a photograph: soft shapes with a little grain, RGB.</summary>
    public static PixelImage Photo(int width, int height)
    {
        const double Grain = 6;
        PixelImage image = new(width, height, 3);
        SeededRandom random = new(width, height);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            (int x, int y) = (i / 3 % width, i / 3 / width);
            double colour = 128 + (60 * Math.Sin((x / 37.0) + (i % 3)) * Math.Cos(y / 53.0));
            image.Pixels[i] = (byte)(colour + random.Uniform(-Grain, Grain));
        }
        return image;
    }
}
