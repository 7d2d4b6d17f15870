using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matting.Shared.Imaging.Foreground;

/// <summary>The last steps of <see cref="ForegroundEstimation"/>; the callers have checked the lengths.</summary>
internal static class ForegroundKernels
{
    /// <summary>Replaces a channel of the picture by its foreground, but where alpha is 1.</summary>
    internal static void KeepWhereOpaque(ReadOnlySpan<float> alpha, ReadOnlySpan<float> foreground, Span<float> image)
    {
        int done = 0, lanes = Vector<float>.Count;
        for (; done + lanes <= image.Length; done += lanes)
        {
            Vector<int> opaque = Vector.GreaterThanOrEqual(new Vector<float>(alpha[done..]), Vector<float>.One);
            Vector.ConditionalSelect(opaque, new Vector<float>(image[done..]), new Vector<float>(foreground[done..])).CopyTo(image[done..]);
        }
        for (; done < image.Length; done++)
        {
            if (alpha[done] < 1f)
                image[done] = foreground[done];
        }
    }

    /// <summary>Writes three planes of 0..1 as interleaved bytes, rounded to the nearest.</summary>
    internal static void Interleave(ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue, Span<byte> rgb)
    {
        int done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte target = ref MemoryMarshal.GetReference(rgb);
            // four pixels a step; 16 bytes are written of which 12 are theirs, and the next step or the loop below writes the others again
            Vector128<byte> order = Vector128.Create((byte)0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, 255, 255, 255, 255);
            for (; (3 * done) + 16 <= rgb.Length; done += 4)
            {
                Vector128<ushort> first = Vector128.Narrow(Levels(red, done), Levels(green, done)), second = Vector128.Narrow(Levels(blue, done), Vector128<uint>.Zero);
                Vector128.Shuffle(Vector128.Narrow(first, second), order).StoreUnsafe(ref target, 3 * (nuint)done);
            }
        }
        for (; done < red.Length; done++)
            (rgb[3 * done], rgb[(3 * done) + 1], rgb[(3 * done) + 2]) = (Level(red[done]), Level(green[done]), Level(blue[done]));
    }

    private static byte Level(float value) => (byte)((value * 255f) + 0.5f);

    private static Vector128<uint> Levels(ReadOnlySpan<float> plane, int at) =>
        Vector128.ConvertToInt32((Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(plane), (nuint)at) * 255f) + Vector128.Create(0.5f)).AsUInt32();
}
