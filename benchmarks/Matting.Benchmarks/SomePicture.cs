using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Benchmarks;

/// <summary>Pictures to measure with: noise, so that no branch predictor learns them.</summary>
internal static class SomePicture
{
    public static PixelImage Of(int width, int height, int channels)
    {
        PixelImage image = new(width, height, channels);
        SeededRandom random = new(width, height, channels);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)random.NextUInt64();
        return image;
    }
}
