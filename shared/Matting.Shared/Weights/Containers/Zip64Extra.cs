using System.Buffers.Binary;

namespace Matting.Shared.Weights.Containers;

/// <summary>The extra field of a zip directory entry that holds what does not fit in 32 bits.</summary>
internal static class Zip64Extra
{
    /// <summary>The field's number.</summary>
    public const ushort Id = 1;

    /// <summary>
    /// Replaces each number that is 0xFFFFFFFF by its 64-bit value, which stand in this order; false when one is
    /// needed and not there.
    /// </summary>
    public static bool TryWiden(ReadOnlySpan<byte> extra, ref ulong size, ref ulong packed, ref ulong offset)
    {
        ReadOnlySpan<byte> wide = Find(extra);
        return TryTake(ref wide, ref size) && TryTake(ref wide, ref packed) && TryTake(ref wide, ref offset);
    }

    private static bool TryTake(ref ReadOnlySpan<byte> wide, ref ulong value)
    {
        if (value != uint.MaxValue)
            return true;
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(wide, out value))
            return false;
        wide = wide[sizeof(ulong)..];
        return true;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                return default;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Id)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return default;
    }
}
