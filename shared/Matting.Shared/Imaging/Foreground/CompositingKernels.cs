using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matting.Shared.Imaging.Foreground;

/// <summary>Inner loops of <see cref="Compositing"/>; the callers have checked the lengths.</summary>
internal static class CompositingKernels
{
    /// <summary>Mixes bytes: <c>(a f + (255 - a) b) / 255</c>, rounded to the nearest.</summary>
    internal static void Mix(ReadOnlySpan<byte> foreground, ReadOnlySpan<byte> background, ReadOnlySpan<byte> alpha, Span<byte> result)
    {
        int done = 0, lanes = Vector<byte>.Count;
        for (; done + lanes <= result.Length; done += lanes)
        {
            Vector.Widen(new Vector<byte>(foreground[done..]), out Vector<ushort> frontLow, out Vector<ushort> frontHigh);
            Vector.Widen(new Vector<byte>(background[done..]), out Vector<ushort> backLow, out Vector<ushort> backHigh);
            Vector.Widen(new Vector<byte>(alpha[done..]), out Vector<ushort> shareLow, out Vector<ushort> shareHigh);
            Vector.Narrow(Mix(frontLow, backLow, shareLow), Mix(frontHigh, backHigh, shareHigh)).CopyTo(result[done..]);
        }
        for (; done < result.Length; done++)
        {
            int sum = (alpha[done] * foreground[done]) + ((255 - alpha[done]) * background[done]) + 128;
            result[done] = (byte)((sum + (sum >> 8)) >> 8);
        }
    }

    /// <summary>Writes R, G, B, alpha.</summary>
    internal static void Interleave(ReadOnlySpan<byte> rgb, ReadOnlySpan<byte> alpha, Span<byte> rgba)
    {
        int done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte source = ref MemoryMarshal.GetReference(rgb);
            ref byte target = ref MemoryMarshal.GetReference(rgba);
            // 255 takes nothing: those places become 0
            Vector128<byte> spread = Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255);
            Vector128<byte> last = Vector128.Create((byte)255, 255, 255, 0, 255, 255, 255, 1, 255, 255, 255, 2, 255, 255, 255, 3);
            // four pixels a step; 16 bytes are read of which 12 are theirs
            for (; (3 * done) + 16 <= rgb.Length; done += 4)
            {
                Vector128<byte> levels = Vector128.CreateScalar(MemoryMarshal.Read<uint>(alpha[done..])).AsByte();
                Vector128<byte> colours = Vector128.LoadUnsafe(ref source, 3 * (nuint)done);
                (Vector128.Shuffle(colours, spread) | Vector128.Shuffle(levels, last)).StoreUnsafe(ref target, 4 * (nuint)done);
            }
        }
        for (; done < alpha.Length; done++)
            (rgba[4 * done], rgba[(4 * done) + 1], rgba[(4 * done) + 2], rgba[(4 * done) + 3]) = (rgb[3 * done], rgb[(3 * done) + 1], rgb[(3 * done) + 2], alpha[done]);
    }

    // division by 255: exact for every sum that occurs, and none exceeds 16 bits
    private static Vector<ushort> Mix(Vector<ushort> foreground, Vector<ushort> background, Vector<ushort> alpha)
    {
        Vector<ushort> sum = (alpha * foreground) + ((new Vector<ushort>(255) - alpha) * background) + new Vector<ushort>(128);
        return (sum + (sum >>> 8)) >>> 8;
    }
}
