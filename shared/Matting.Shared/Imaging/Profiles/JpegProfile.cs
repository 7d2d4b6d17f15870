using Matting.Shared.Imaging.Headers;

namespace Matting.Shared.Imaging.Profiles;

/// <summary>JPEG: segments APP2 that begin with a name, their number from 1 and how many there are (ICC.1, annex B.4).</summary>
internal static class JpegProfile
{
    private const byte App2 = 0xE2;
    private const byte StartOfScan = 0xDA;
    private const int PartHeader = 14;

    internal static byte[]? Read(ReadOnlySpan<byte> content)
    {
        Dictionary<int, byte[]> parts = [];
        int count = 0, bytes = 0;
        ReadOnlySpan<byte> rest = content[2..];
        while (true)
        {
            byte marker = JpegHeader.NextMarker(ref rest);
            if (marker is StartOfScan or JpegHeader.EndOfPicture)
                break;
            if (JpegHeader.StandsAlone(marker))
                continue;
            ReadOnlySpan<byte> segment = JpegHeader.Segment(ref rest);
            if (marker != App2 || segment.Length < PartHeader || !segment.StartsWith("ICC_PROFILE\0"u8))
                continue;
            (int number, int of) = (segment[12], segment[13]);
            count = count == 0 ? of : count;
            bytes += segment.Length - PartHeader;
            // parts may come in any order, but each once
            if (of != count || number < 1 || number > count || bytes > RgbProfile.MostBytes || !parts.TryAdd(number, segment[PartHeader..].ToArray()))
                return null;
        }
        return parts.Count == count && count > 0 ? [.. Enumerable.Range(1, count).SelectMany(number => parts[number])] : null;
    }
}
