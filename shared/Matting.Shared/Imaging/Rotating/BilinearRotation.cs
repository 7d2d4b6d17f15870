using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matting.Shared.Imaging.Rotating;

/// <summary>
/// Rotation with bilinear interpolation, a row at a time: all arithmetic in double and in Pillow's order, because the result
/// is truncated and has to be the same byte. Four positions are worked out together; grey is blended four pixels
/// at a time, RGB in the lanes of one pixel.
/// </summary>
internal static class BilinearRotation
{
    private const int Lanes = RotationSamples.Lanes;

    /// <summary>One row of a grey picture.</summary>
    internal static void GreyRow(PixelImage source, RotationMatrix matrix, int y, byte fill, Span<byte> target)
    {
        RotationSamples samples = new(source, matrix, y);
        ref byte pixels = ref MemoryMarshal.GetArrayDataReference(source.Pixels);
        for (int x = 0; x < target.Length; x += Lanes)
        {
            RotationSamples.Four at = samples.At(x);
            Vector128<int> upper = at.Row0 * source.Width, lower = at.Row1 * source.Width;
            Vector256<double> above = Mix(Gather(ref pixels, upper + at.Column0), Gather(ref pixels, upper + at.Column1), at.Dx);
            Vector256<double> below = Mix(Gather(ref pixels, lower + at.Column0), Gather(ref pixels, lower + at.Column1), at.Dx);
            Vector128<int> levels = RotationSamples.ToInt32(Mix(above, below, at.Dy));
            levels = Vector128.ConditionalSelect(at.Inside, levels, Vector128.Create((int)fill));
            int count = Math.Min(Lanes, target.Length - x);
            for (int lane = 0; lane < count; lane++)
                target[x + lane] = (byte)levels[lane];
        }
    }

    /// <summary>One row of an RGB picture.</summary>
    internal static void RgbRow(PixelImage source, RotationMatrix matrix, int y, byte fill, Span<byte> target)
    {
        RotationSamples samples = new(source, matrix, y);
        ReadOnlySpan<byte> pixels = source.Pixels;
        int width = target.Length / 3;
        for (int x = 0; x < width; x += Lanes)
        {
            RotationSamples.Four at = samples.At(x);
            int count = Math.Min(Lanes, width - x);
            Vector128<int> upper = at.Row0 * source.Width, lower = at.Row1 * source.Width;
            Vector128<int> topLeft = upper + at.Column0, topRight = upper + at.Column1;
            Vector128<int> bottomLeft = lower + at.Column0, bottomRight = lower + at.Column1;
            for (int lane = 0; lane < count; lane++)
            {
                Span<byte> pixel = target.Slice(3 * (x + lane), 3);
                if (at.Inside[lane] == 0)
                {
                    pixel.Fill(fill);
                    continue;
                }
                Vector256<double> dx = Vector256.Create(at.Dx[lane]), dy = Vector256.Create(at.Dy[lane]);
                Vector256<double> above = Mix(Pixel(pixels, topLeft[lane]), Pixel(pixels, topRight[lane]), dx);
                Vector256<double> below = Mix(Pixel(pixels, bottomLeft[lane]), Pixel(pixels, bottomRight[lane]), dx);
                Vector128<int> levels = RotationSamples.ToInt32(Mix(above, below, dy));
                (pixel[0], pixel[1], pixel[2]) = ((byte)levels[0], (byte)levels[1], (byte)levels[2]);
            }
        }
    }

    // Not a fused multiplication: its missing rounding would change levels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Mix(Vector256<double> a, Vector256<double> b, Vector256<double> share) => a + ((b - a) * share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Gather(ref byte pixels, Vector128<int> at) => Vector256.Create(
        (double)Unsafe.Add(ref pixels, at[0]), Unsafe.Add(ref pixels, at[1]), Unsafe.Add(ref pixels, at[2]), Unsafe.Add(ref pixels, at[3]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pixel(ReadOnlySpan<byte> pixels, int at) =>
        Vector256.Create((double)pixels[3 * at], pixels[(3 * at) + 1], pixels[(3 * at) + 2], 0);
}
