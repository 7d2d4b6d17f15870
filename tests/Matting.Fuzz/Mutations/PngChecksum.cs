namespace Matting.Fuzz.Mutations;

/// <summary>The CRC-32 of PNG chunks (ISO/IEC 15948, annex D), bit by bit: the chunks here are small.</summary>
internal static class PngChecksum
{
    private const uint Polynomial = 0xEDB88320;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            sum ^= value;
            for (int bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial;
        }
        return ~sum;
    }
}
