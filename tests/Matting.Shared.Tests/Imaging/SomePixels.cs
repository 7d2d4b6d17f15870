using Matting.Shared.Imaging;

namespace Matting.Shared.Tests.Imaging;

/// <summary>Pictures made of seeded noise, and golden arrays as pictures.</summary>
internal static class SomePixels
{
    internal static PixelImage Noise(int width, int height, int channels, int seed = 1)
    {
        PixelImage image = new(width, height, channels);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    internal static PixelImage Filled(int width, int height, int channels, byte level)
    {
        PixelImage image = new(width, height, channels);
        image.Pixels.AsSpan().Fill(level);
        return image;
    }

    /// <summary>An array of shape [H, W] or [H, W, C].</summary>
    internal static PixelImage FromNpy(Matting.Testing.Npy array)
    {
        Assert.Equal("|u1", array.DType);
        int channels = array.Shape.Length == 3 ? (int)array.Shape[2] : 1;
        return new PixelImage((int)array.Shape[1], (int)array.Shape[0], channels, array.Bytes);
    }

    internal static void AssertEqual(PixelImage expected, PixelImage actual, string what = "picture")
    {
        Assert.Equal((expected.Width, expected.Height, expected.Channels), (actual.Width, actual.Height, actual.Channels));
        Matting.Testing.Near.AssertSameBytes(expected.Pixels, actual.Pixels, what);
    }

    internal static void AssertNear(PixelImage expected, PixelImage actual, int tolerance, string what)
    {
        if (tolerance == 0)
        {
            AssertEqual(expected, actual, what);
            return;
        }
        Assert.Equal((expected.Width, expected.Height, expected.Channels), (actual.Width, actual.Height, actual.Channels));
        int worst = 0;
        for (int i = 0; i < expected.Pixels.Length; i++)
            worst = Math.Max(worst, Math.Abs(expected.Pixels[i] - actual.Pixels[i]));
        Assert.True(worst <= tolerance, $"{what}: a level differs by {worst}, accepted are {tolerance}");
    }

    /// <summary>The first channels of every pixel.</summary>
    internal static PixelImage Take(PixelImage image, int channels)
    {
        PixelImage result = new(image.Width, image.Height, channels);
        for (int i = 0; i < image.Width * image.Height; i++)
            image.Pixels.AsSpan(i * image.Channels, channels).CopyTo(result.Pixels.AsSpan(i * channels));
        return result;
    }
}
