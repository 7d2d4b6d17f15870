using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Matting.Shared.Imaging.Resizing;

/// <summary>
/// Inner loops of <see cref="PillowResize"/> over 256-bit vectors. All sums are taken modulo 2^32 over exact products, so the
/// order of additions does not matter and every path gives the same bytes. The two helpers at the end are the only
/// places with instructions of one processor family.
/// </summary>
internal static class PillowResizeKernels
{
    /// <summary>Rows that <see cref="Horizontal"/> makes together.</summary>
    internal const int RowBlock = 4;

    /// <summary>Bytes behind a source row that <see cref="Horizontal"/> may read (never use).</summary>
    internal const int SourceSlack = 8;

    private const int Rounding = 1 << (ResizeWeights.FractionBits - 1);

    // Two pixels of three (four) bytes become pairs of 16-bit numbers: (r0, r1), (g0, g1), ... in each half; 255 gives 0.
    private static readonly Vector256<byte> PairsOfRgb = Vector256.Create(
        (byte)0, 255, 3, 255, 1, 255, 4, 255, 2, 255, 5, 255, 255, 255, 255, 255,
        16, 255, 19, 255, 17, 255, 20, 255, 18, 255, 21, 255, 255, 255, 255, 255);

    private static readonly Vector256<byte> PairsOfRgba = Vector256.Create(
        (byte)0, 255, 4, 255, 1, 255, 5, 255, 2, 255, 6, 255, 3, 255, 7, 255,
        16, 255, 20, 255, 17, 255, 21, 255, 18, 255, 22, 255, 19, 255, 23, 255);

    // The lowest byte of each 32-bit number, gathered at the beginning of each half.
    private static readonly Vector256<byte> LowBytes = Vector256.Create(
        (byte)0, 4, 8, 12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        16, 20, 24, 28, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);

    /// <summary>The horizontal pass for <see cref="RowBlock"/> rows.</summary>
    /// <param name="source">The first row; <see cref="SourceSlack"/> readable bytes behind the last.</param>
    /// <param name="sourceStride">Bytes from one source row to the next.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="weights">The coefficients; one output position a pixel.</param>
    /// <param name="target">The first row to write; a row of three channels is followed by one byte of rubbish.</param>
    /// <param name="targetStride">Bytes from one written row to the next.</param>
    internal static void Horizontal(ReadOnlySpan<byte> source, int sourceStride, int channels, ResizeWeights weights, Span<byte> target, int targetStride)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        if (channels == 1)
            HorizontalGrey(ref from, (nuint)sourceStride, weights, ref to, (nuint)targetStride);
        else
            HorizontalColour(ref from, (nuint)sourceStride, channels, weights, ref to, (nuint)targetStride);
    }

    /// <summary>The vertical pass for one output row.</summary>
    /// <param name="rows">The bytes the rows lie in; 32 readable bytes behind the last row.</param>
    /// <param name="offsets">Where the rows of the taps begin; an even number.</param>
    /// <param name="high">High parts of the weights, a word for two taps.</param>
    /// <param name="low">Low parts of the weights.</param>
    /// <param name="target">The row to write.</param>
    internal static void Vertical(ReadOnlySpan<byte> rows, ReadOnlySpan<int> offsets, ReadOnlySpan<int> high, ReadOnlySpan<int> low, Span<byte> target)
    {
        ref byte first = ref MemoryMarshal.GetReference(rows);
        ref byte to = ref MemoryMarshal.GetReference(target);
        int at = 0;
        for (; at + 32 <= target.Length; at += 32)
            VerticalBytes(ref Unsafe.Add(ref first, at), offsets, high, low).StoreUnsafe(ref to, (nuint)at);
        if (at < target.Length)
        {
            Span<byte> rest = stackalloc byte[32];
            VerticalBytes(ref Unsafe.Add(ref first, at), offsets, high, low).CopyTo(rest);
            rest[..(target.Length - at)].CopyTo(target[at..]);
        }
    }

    // 32 neighbouring bytes. Accumulator k sums the bytes 4j + k, j = 0..7, one in each 32-bit lane: the bytes of a row and
    // of the next row are masked into the two halves of a lane, and the result shifts back into place without any shuffle.
    private static Vector256<byte> VerticalBytes(ref byte first, ReadOnlySpan<int> offsets, ReadOnlySpan<int> high, ReadOnlySpan<int> low)
    {
        Vector256<uint> lowByte = Vector256.Create(0x0000_00FFu);
        Vector256<uint> thirdByte = Vector256.Create(0x00FF_0000u);
        Vector256<int> h0 = default, h1 = default, h2 = default, h3 = default;
        Vector256<int> l0 = default, l1 = default, l2 = default, l3 = default;
        for (int pair = 0; pair < offsets.Length / 2; pair++)
        {
            Vector256<uint> a = Vector256.LoadUnsafe(ref Unsafe.Add(ref first, offsets[2 * pair])).AsUInt32();
            Vector256<uint> b = Vector256.LoadUnsafe(ref Unsafe.Add(ref first, offsets[(2 * pair) + 1])).AsUInt32();
            Vector256<short> weightHigh = Vector256.Create(high[pair]).AsInt16();
            Vector256<short> weightLow = Vector256.Create(low[pair]).AsInt16();
            Vector256<short> p0 = ((a & lowByte) | ((b << 16) & thirdByte)).AsInt16();
            Vector256<short> p1 = (((a >> 8) & lowByte) | ((b << 8) & thirdByte)).AsInt16();
            Vector256<short> p2 = (((a >> 16) & lowByte) | (b & thirdByte)).AsInt16();
            Vector256<short> p3 = ((a >> 24) | ((b >> 8) & thirdByte)).AsInt16();
            h0 += MultiplyAddPairs(p0, weightHigh);
            h1 += MultiplyAddPairs(p1, weightHigh);
            h2 += MultiplyAddPairs(p2, weightHigh);
            h3 += MultiplyAddPairs(p3, weightHigh);
            l0 += MultiplyAddPairs(p0, weightLow);
            l1 += MultiplyAddPairs(p1, weightLow);
            l2 += MultiplyAddPairs(p2, weightLow);
            l3 += MultiplyAddPairs(p3, weightLow);
        }
        return (Round(h0, l0) | (Round(h1, l1) << 8) | (Round(h2, l2) << 16) | (Round(h3, l3) << 24)).AsByte();
    }

    // Each half of a vector belongs to one row: four sums (r, g, b, alpha or unused), two taps a step.
    private static void HorizontalColour(ref byte source, nuint sourceStride, int channels, ResizeWeights weights, ref byte target, nuint targetStride)
    {
        Vector256<byte> pairsOfPixels = channels == 3 ? PairsOfRgb : PairsOfRgba;
        for (int x = 0; x < weights.Starts.Length; x++)
        {
            ref byte pixel = ref Unsafe.Add(ref source, weights.Starts[x] * channels);
            ReadOnlySpan<int> high = weights.HighOf(x);
            ReadOnlySpan<int> low = weights.LowOf(x);
            int pairs = (weights.Taps[x] + 1) / 2;
            Vector256<int> high01 = default, low01 = default, high23 = default, low23 = default;
            for (int pair = 0; pair < pairs; pair++)
            {
                Vector256<short> weightHigh = Vector256.Create(high[pair]).AsInt16();
                Vector256<short> weightLow = Vector256.Create(low[pair]).AsInt16();
                Vector256<short> rows01 = Arrange(Load8(ref pixel, 0, sourceStride), pairsOfPixels).AsInt16();
                Vector256<short> rows23 = Arrange(Load8(ref pixel, 2 * sourceStride, 3 * sourceStride), pairsOfPixels).AsInt16();
                high01 += MultiplyAddPairs(rows01, weightHigh);
                low01 += MultiplyAddPairs(rows01, weightLow);
                high23 += MultiplyAddPairs(rows23, weightHigh);
                low23 += MultiplyAddPairs(rows23, weightLow);
                pixel = ref Unsafe.Add(ref pixel, 2 * channels);
            }
            Vector256<uint> packed01 = Arrange(Round(high01, low01).AsByte(), LowBytes).AsUInt32();
            Vector256<uint> packed23 = Arrange(Round(high23, low23).AsByte(), LowBytes).AsUInt32();
            ref byte output = ref Unsafe.Add(ref target, x * channels);
            Unsafe.WriteUnaligned(ref output, packed01.GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, targetStride), packed01.GetElement(4));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, 2 * targetStride), packed23.GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, 3 * targetStride), packed23.GetElement(4));
        }
    }

    // Each 64 bits of a vector belong to one row: two sums of two taps each, four taps a step.
    private static void HorizontalGrey(ref byte source, nuint sourceStride, ResizeWeights weights, ref byte target, nuint targetStride)
    {
        for (int x = 0; x < weights.Starts.Length; x++)
        {
            ref byte pixel = ref Unsafe.Add(ref source, weights.Starts[x]);
            ReadOnlySpan<long> high = MemoryMarshal.Cast<int, long>(weights.HighOf(x));
            ReadOnlySpan<long> low = MemoryMarshal.Cast<int, long>(weights.LowOf(x));
            int steps = (weights.Taps[x] + 3) / 4;
            Vector256<int> sumHigh = default, sumLow = default;
            for (int step = 0; step < steps; step++)
            {
                Vector128<byte> fours = Vector128.Create(
                    Unsafe.ReadUnaligned<uint>(ref pixel),
                    Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref pixel, sourceStride)),
                    Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref pixel, 2 * sourceStride)),
                    Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref pixel, 3 * sourceStride))).AsByte();
                Vector256<short> taps = Vector256.WidenLower(fours.ToVector256Unsafe()).AsInt16();
                sumHigh += MultiplyAddPairs(taps, Vector256.Create(high[step]).AsInt16());
                sumLow += MultiplyAddPairs(taps, Vector256.Create(low[step]).AsInt16());
                pixel = ref Unsafe.Add(ref pixel, 4);
            }
            sumHigh += (sumHigh.AsInt64() >>> 32).AsInt32();
            sumLow += (sumLow.AsInt64() >>> 32).AsInt32();
            Vector256<byte> rounded = Round(sumHigh, sumLow).AsByte();
            ref byte output = ref Unsafe.Add(ref target, x);
            output = rounded.GetElement(0);
            Unsafe.Add(ref output, targetStride) = rounded.GetElement(8);
            Unsafe.Add(ref output, 2 * targetStride) = rounded.GetElement(16);
            Unsafe.Add(ref output, 3 * targetStride) = rounded.GetElement(24);
        }
    }

    /// <summary>Products of neighbouring 16-bit numbers, added in pairs: <c>a[2i] b[2i] + a[2i+1] b[2i+1]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> MultiplyAddPairs(Vector256<short> a, Vector256<short> b) =>
        Avx2.IsSupported ? Avx2.MultiplyAddAdjacent(a, b) : MultiplyAddPairsPortable(a, b);

    /// <summary>The same without special instructions.</summary>
    internal static Vector256<int> MultiplyAddPairsPortable(Vector256<short> a, Vector256<short> b)
    {
        Vector256<int> c = a.AsInt32();
        Vector256<int> d = b.AsInt32();
        return (((c << 16) >> 16) * ((d << 16) >> 16)) + ((c >> 16) * (d >> 16));
    }

    /// <summary>Rearranges bytes within each half; an index of 255 gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<byte> Arrange(Vector256<byte> bytes, Vector256<byte> order) =>
        Avx2.IsSupported ? Avx2.Shuffle(bytes, order) : Vector256.Shuffle(bytes, order);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Load8(ref byte pixel, nuint lowerRow, nuint upperRow) =>
        Vector256.Create(
            Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref pixel, lowerRow))),
            Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref pixel, upperRow)))).AsByte();

    // Weights are never negative; thousands of weights that were all rounded up can take a white area past 255.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Round(Vector256<int> high, Vector256<int> low) =>
        Vector256.Min(((high << ResizeWeights.LowBits) + low + Vector256.Create(Rounding)) >> ResizeWeights.FractionBits, Vector256.Create(255));
}
