namespace SixLabors.ImageSharp.Encoding;

/// <summary>The checksum of PNG's chunks: the CRC of ISO 3309 (reflected, polynomial 0xEDB88320).</summary>
internal static class PngChecksum
{
    private static readonly uint[] Table = MakeTable();

    internal static uint Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data) => ~Update(Update(uint.MaxValue, name), data);

    private static uint Update(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        return sum;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
