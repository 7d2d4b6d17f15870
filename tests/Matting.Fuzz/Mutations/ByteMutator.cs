using System.Buffers.Binary;
using Matting.Shared.Numerics;

namespace Matting.Fuzz.Mutations;

/// <summary>Damage that knows nothing of formats: turned bits, set bytes, numbers, pieces that go, come twice or change places, an end too early.</summary>
internal static class ByteMutator
{
    private const int LongestPiece = 64;
    private const int LargestResult = 1 << 20;

    /// <summary>A damaged copy.</summary>
    /// <param name="seed">What is damaged.</param>
    /// <param name="other">Another file of the kind, of which pieces may come in.</param>
    /// <param name="random">Decides.</param>
    /// <param name="words">Texts that mean something in the format.</param>
    public static byte[] Mutate(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> other, SeededRandom random, IReadOnlyList<byte[]>? words = null)
    {
        List<byte> bytes = new(seed.Length + LongestPiece);
        bytes.AddRange(seed);
        int changes = 1 << random.Next(4);
        for (int i = 0; i < changes && bytes.Count is > 0 and < LargestResult; i++)
            Change(bytes, other, random, words ?? []);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, ReadOnlySpan<byte> other, SeededRandom random, IReadOnlyList<byte[]> words)
    {
        int at = random.Next(bytes.Count);
        switch (random.Next(13))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3:
                bytes[at] = unchecked((byte)InterestingNumbers.Pick(random));
                break;
            case 4 or 5:
                SetNumber(bytes, at, random);
                break;
            case 6:
                Cut(bytes, at, random);
                break;
            case 7:
                bytes.RemoveRange(at, Piece(bytes.Count - at, random));
                break;
            case 8:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, Piece(bytes.Count - at, random)));
                break;
            case 9:
                Swap(bytes, at, random.Next(bytes.Count), random);
                break;
            case 10:
                bytes.InsertRange(at, Enumerable.Repeat((byte)(random.Chance(0.5) ? 0xFF : random.Next(256)), random.Next(LongestPiece) + 1));
                break;
            case 11 when words.Count > 0:
                bytes.InsertRange(at, words[random.Next(words.Count)]);
                break;
            default:
                Splice(bytes, at, other, random);
                break;
        }
    }

    private static int Piece(int most, SeededRandom random) => random.Next(Math.Min(most, LongestPiece)) + 1;

    // lengths, offsets and counts are numbers of two, four or eight bytes, in either order
    private static void SetNumber(List<byte> bytes, int at, SeededRandom random)
    {
        int size = 2 << random.Next(3);
        if (at + size > bytes.Count)
            return;
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, InterestingNumbers.Pick(random));
        bool reverse = random.Chance(0.5);
        for (int i = 0; i < size; i++)
            bytes[at + i] = number[reverse ? size - 1 - i : i];
    }

    private static void Cut(List<byte> bytes, int at, SeededRandom random)
    {
        // most of the time near the end: what was cut early is refused early
        int length = random.Chance(0.3) ? at : bytes.Count - Math.Min(bytes.Count, random.Next(32) + 1);
        bytes.RemoveRange(length, bytes.Count - length);
    }

    private static void Swap(List<byte> bytes, int first, int second, SeededRandom random)
    {
        int length = Piece(Math.Min(bytes.Count - first, bytes.Count - second), random);
        for (int i = 0; i < length; i++)
            (bytes[first + i], bytes[second + i]) = (bytes[second + i], bytes[first + i]);
    }

    private static void Splice(List<byte> bytes, int at, ReadOnlySpan<byte> other, SeededRandom random)
    {
        if (other.IsEmpty)
            return;
        int from = random.Next(other.Length);
        if (random.Chance(0.2))
        {
            // from here on the other file
            bytes.RemoveRange(at, bytes.Count - at);
            bytes.AddRange(other[Math.Min(at, other.Length - 1)..]);
            return;
        }
        ReadOnlySpan<byte> piece = other.Slice(from, Piece(other.Length - from, random));
        if (random.Chance(0.5))
            bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
        bytes.InsertRange(at, piece);
    }
}
