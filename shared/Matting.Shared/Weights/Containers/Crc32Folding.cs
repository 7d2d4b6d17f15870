using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Matting.Shared.Weights.Containers;

/// <summary>
/// Shortens long content to 16 bytes with the same CRC-32, by carry-less multiplication: a block of 16 bytes that
/// lies n bits before another one is multiplied by x^n modulo the polynomial and added to it.
/// </summary>
/// <remarks>
/// Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ" (Intel, 2009), with the constants given
/// there for the reflected polynomial of zip.
/// </remarks>
internal static class Crc32Folding
{
    /// <summary>What the content is shortened to.</summary>
    public const int FoldedLength = 16;

    /// <summary>The shortest content that can be shortened: four lanes of 16 bytes.</summary>
    public const int LeastLength = 4 * FoldedLength;

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => Pclmulqdq.IsSupported;

    // x^(512+64) and x^512, for blocks four lanes apart; x^(128+64) and x^128, for neighbours
    private static Vector128<ulong> FourLanes => Vector128.Create(0x1_5444_2BD4UL, 0x1_C6E4_1596UL);

    private static Vector128<ulong> OneLane => Vector128.Create(0x1_7519_97D0UL, 0x0_CCAA_009EUL);

    /// <summary>Folds all whole blocks; gives how many bytes that were.</summary>
    /// <param name="bytes">The content, at least <see cref="LeastLength"/>.</param>
    /// <param name="crc">The state before it; the state before <paramref name="folded"/> is then 0.</param>
    /// <param name="folded">Receives 16 bytes.</param>
    public static int Fold(ReadOnlySpan<byte> bytes, uint crc, Span<byte> folded)
    {
        int length = bytes.Length;
        Vector128<ulong> a = Load(bytes) ^ Vector128.CreateScalar((ulong)crc);
        Vector128<ulong> b = Load(bytes[16..]);
        Vector128<ulong> c = Load(bytes[32..]);
        Vector128<ulong> d = Load(bytes[48..]);
        // four independent chains hide the multiplier's latency
        for (bytes = bytes[64..]; bytes.Length >= 64; bytes = bytes[64..])
        {
            a = Shift(a, FourLanes) ^ Load(bytes);
            b = Shift(b, FourLanes) ^ Load(bytes[16..]);
            c = Shift(c, FourLanes) ^ Load(bytes[32..]);
            d = Shift(d, FourLanes) ^ Load(bytes[48..]);
        }
        a = Shift(a, OneLane) ^ b;
        a = Shift(a, OneLane) ^ c;
        a = Shift(a, OneLane) ^ d;
        for (; bytes.Length >= FoldedLength; bytes = bytes[FoldedLength..])
            a = Shift(a, OneLane) ^ Load(bytes);
        a.AsByte().CopyTo(folded);
        return length - bytes.Length;
    }

    private static Vector128<ulong> Load(ReadOnlySpan<byte> bytes) => Vector128.Create(bytes).AsUInt64();

    // the lower half is 64 bits further from the target than the upper one
    private static Vector128<ulong> Shift(Vector128<ulong> block, Vector128<ulong> powers) =>
        Pclmulqdq.CarrylessMultiply(block, powers, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, powers, 0x11);
}
