using Matting.Shared.Imaging;

namespace Matting.Trainer.Pictures;

/// <summary>Turns what a network sees and says back into pictures.</summary>
public static class NetworkPicture
{
    /// <summary>Takes the normalisation back: <c>255 * (x * std + mean)</c>, rounded.</summary>
    /// <param name="chw">A normalised picture, [3, size, size].</param>
    /// <param name="size">Height and width.</param>
    /// <param name="profile">How it was normalised.</param>
    /// <returns>RGB; exactly the pixels that <see cref="Preprocessing.ToNchw"/> was given.</returns>
    public static PixelImage Rgb(ReadOnlySpan<float> chw, int size, NormalisationProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        int pixels = size * size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(chw.Length, 3 * pixels);
        PixelImage image = new(size, size, 3);
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<float> plane = chw.Slice(channel * pixels, pixels);
            (float scale, float shift) = (profile.Std[channel], profile.Mean[channel]);
            for (int i = 0; i < plane.Length; i++)
                image.Pixels[3 * i + channel] = Level(plane[i] * scale + shift);
        }
        return image;
    }

    /// <summary>An alpha in 0..1 as a grey picture, rounded.</summary>
    /// <param name="alpha">[size, size].</param>
    /// <param name="size">Height and width.</param>
    public static PixelImage Grey(ReadOnlySpan<float> alpha, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(alpha.Length, size * size);
        PixelImage image = new(size, size, 1);
        for (int i = 0; i < alpha.Length; i++)
            image.Pixels[i] = Level(alpha[i]);
        return image;
    }

    private static byte Level(float unit) => (byte)(Math.Clamp(unit, 0, 1) * 255 + 0.5f);
}
