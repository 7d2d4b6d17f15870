using System.Buffers;
using System.Numerics.Tensors;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Trainer.Augmentation;

/// <summary>
/// The transform <c>xray_alpha_dense</c>: makes a hard alpha a dense half-tone one, as an X-ray would show the object. Dark parts
/// weigh more, texture stands out, and the background is not quite empty.
/// </summary>
/// <remarks>
/// With blur(x, s) OpenCV's Gaussian, dark = 1 - (.299 R + .587 G + .114 B), object = alpha above 1/255 and core = alpha above .3:
/// texture = blur(|blur(dark, .8) - blur(dark, 3)| + .5 |blur(dark, 2) - blur(dark, 7)|, thickness), brought to 0..1 by its
/// extremes over the core, or over the object when the core has 64 pixels or fewer; mass = blur(dark, low sigma), brought to 0..1 by its 10 % and
/// 90 % quantiles over an object of more than 64 pixels; density = (floor + amplitude * mass) * exp(detail * (texture - .5)), sharpened
/// inside the object and at most the ceiling; background = background + noise * blur(normal field), 0 to .25;
/// result = background + alpha * (density - background). All in float32. The field is blurred by <see cref="WideBlur"/>: its error, multiplied by
/// the noise of the recipes (.02), is below a hundredth of a level of 8 bits.
/// </remarks>
public static class XrayAlpha
{
    private const float ObjectAbove = 1 / 255f;
    private const float CoreAbove = 0.3f;
    private const int FewPixels = 64;
    private const double Tiny = 1e-6;
    private const double SharpeningSigma = 1.5;
    private const float MostBackground = 0.25f;
    private const int Planes = 6;

    /// <summary>The dense alpha, quantised to 8 bits by truncation.</summary>
    /// <inheritdoc cref="Dense"/>
    /// <returns>A new alpha map.</returns>
    public static PixelImage Apply(PixelImage rgb, PixelImage alpha, ReadOnlySpan<float> noise, XrayParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(alpha);
        PixelImage result = new(alpha.Width, alpha.Height, 1);
        float[] dense = ArrayPool<float>.Shared.Rent(result.Pixels.Length);
        Dense(rgb, alpha, noise, parameters, dense.AsSpan(0, result.Pixels.Length));
        Quantise.Truncate(dense.AsSpan(0, result.Pixels.Length), result.Pixels);
        ArrayPool<float>.Shared.Return(dense);
        return result;
    }

    /// <summary>The dense alpha in float32.</summary>
    /// <param name="rgb">The picture.</param>
    /// <param name="alpha">Its alpha map, one channel of the same size.</param>
    /// <param name="noise">[height, width] numbers of the standard normal distribution, not blurred yet.</param>
    /// <param name="parameters">What is done.</param>
    /// <param name="dense">Receives [height, width] values, 0 to 1.</param>
    /// <exception cref="ArgumentException">A number of channels, a size or a length does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A sigma is 0 or below.</exception>
    public static void Dense(PixelImage rgb, PixelImage alpha, ReadOnlySpan<float> noise, XrayParameters parameters, Span<float> dense)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentNullException.ThrowIfNull(alpha);
        ArgumentNullException.ThrowIfNull(parameters);
        int width = alpha.Width, height = alpha.Height, count = width * height;
        if (rgb.Width != width || rgb.Height != height)
            throw new ArgumentException($"the picture is {rgb.Width}x{rgb.Height} and its alpha {width}x{height} pixels", nameof(alpha));
        if (noise.Length != count || dense.Length != count)
            throw new ArgumentException($"{width}x{height} pixels need {count} values, got {noise.Length} of noise and room for {dense.Length}", nameof(noise));

        float[] rented = ArrayPool<float>.Shared.Rent(Planes * count);
        Memory<float> planes = rented.AsMemory(0, Planes * count);
        Span<float> Plane(int number) => planes.Span.Slice(number * count, count);
        Span<float> unit = Plane(0), dark = Plane(1), texture = Plane(2), mass = Plane(3), a = Plane(4), b = Plane(5);

        Preprocessing.AlphaToUnit(alpha, unit);
        Darkness(rgb, planes.Span.Slice(2 * count, 3 * count), dark);
        Texture(dark, width, height, parameters.Thickness, texture, a, b);
        Stretch(texture, unit, a);
        OpenCvBlur.Gaussian(dark, width, height, parameters.LowSigma, mass);
        StretchMass(mass, unit, a);

        // density, in the place of the mass
        Span<float> density = mass;
        TensorPrimitives.Multiply(mass, (float)parameters.Amplitude, density);
        TensorPrimitives.Add(density, (float)parameters.Floor, density);
        TensorPrimitives.Subtract(texture, 0.5f, texture);
        TensorPrimitives.Multiply(texture, (float)parameters.Detail, texture);
        TensorPrimitives.Exp(texture, texture);
        TensorPrimitives.Multiply(density, texture, density);
        TensorPrimitives.Clamp(density, 0f, (float)parameters.Ceiling, density);
        OpenCvBlur.Gaussian(density, width, height, SharpeningSigma, a);
        XrayKernels.Sharpen(density, a, unit, ObjectAbove, (float)parameters.Unsharp, (float)parameters.Ceiling);

        WideBlur.Gaussian(noise, width, height, parameters.BackgroundSigma, b);
        TensorPrimitives.Multiply(b, (float)parameters.BackgroundNoise, b);
        TensorPrimitives.Add(b, (float)parameters.Background, b);
        TensorPrimitives.Clamp(b, 0f, MostBackground, b);
        TensorPrimitives.Subtract(density, b, density);
        TensorPrimitives.MultiplyAdd(unit, density, b, dense);
        ArrayPool<float>.Shared.Return(rented);
    }

    // 1 - luma, with the weights of BT.601 on 0..1
    private static void Darkness(PixelImage rgb, Span<float> chw, Span<float> dark)
    {
        Preprocessing.ToNchw(rgb, NormalisationProfile.Unit, chw);
        Span<float> red = chw[..dark.Length], green = chw.Slice(dark.Length, dark.Length), blue = chw[(2 * dark.Length)..];
        TensorPrimitives.Multiply(red, 0.299f, dark);
        TensorPrimitives.MultiplyAdd(green, 0.587f, dark, dark);
        TensorPrimitives.MultiplyAdd(blue, 0.114f, dark, dark);
        TensorPrimitives.Subtract(1f, dark, dark);
    }

    // magnitudes of two bands of frequencies, softly widened
    private static void Texture(ReadOnlySpan<float> dark, int width, int height, double thickness, Span<float> texture, Span<float> a, Span<float> b)
    {
        Band(dark, width, height, 2.0, 7.0, texture, b);
        TensorPrimitives.Multiply(texture, 0.5f, texture);
        Band(dark, width, height, 0.8, 3.0, a, b);
        TensorPrimitives.Add(a, texture, a);
        OpenCvBlur.Gaussian(a, width, height, thickness, texture);
    }

    private static void Band(ReadOnlySpan<float> dark, int width, int height, double fine, double coarse, Span<float> band, Span<float> scratch)
    {
        OpenCvBlur.Gaussian(dark, width, height, fine, band);
        OpenCvBlur.Gaussian(dark, width, height, coarse, scratch);
        TensorPrimitives.Subtract(band, scratch, band);
        TensorPrimitives.Abs(band, band);
    }

    private static void Stretch(Span<float> texture, ReadOnlySpan<float> alpha, Span<float> scratch)
    {
        int count = XrayKernels.Take(texture, alpha, CoreAbove, scratch);
        if (count <= FewPixels)
            count = XrayKernels.Take(texture, alpha, ObjectAbove, scratch);
        ReadOnlySpan<float> sample = scratch[..count];
        (float low, float high) = count == 0 ? (0, 0) : (TensorPrimitives.Min(sample), TensorPrimitives.Max(sample));
        if (high > low + Tiny)
            ToUnit(texture, low, high);
        else
            texture.Clear();
    }

    private static void StretchMass(Span<float> mass, ReadOnlySpan<float> alpha, Span<float> scratch)
    {
        Span<float> sample = scratch[..XrayKernels.Take(mass, alpha, ObjectAbove, scratch)];
        if (sample.Length > FewPixels)
            ToUnit(mass, (float)Quantiles.Linear(sample, 0.1), (float)Quantiles.Linear(sample, 0.9));
        else
            TensorPrimitives.Clamp(mass, 0f, 1f, mass);
    }

    private static void ToUnit(Span<float> values, float low, float high)
    {
        TensorPrimitives.Subtract(values, low, values);
        TensorPrimitives.Divide(values, (float)(high - low + Tiny), values);
        TensorPrimitives.Clamp(values, 0f, 1f, values);
    }
}
