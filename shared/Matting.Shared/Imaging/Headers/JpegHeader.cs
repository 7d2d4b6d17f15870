using System.Buffers.Binary;

namespace Matting.Shared.Imaging.Headers;

/// <summary>
/// JPEG (ITU-T T.81): segments that begin with a marker (0xFF and a code), some with a length, scans of coded data between
/// them, the end marked as well. The walk to that end finds files that were cut off.
/// </summary>
internal static class JpegHeader
{
    internal const byte EndOfPicture = 0xD9;

    private const byte RestartFirst = 0xD0;
    private const byte StartOfPicture = 0xD8;
    private const byte App1 = 0xE1;

    internal static ImageHeader Read(ReadOnlySpan<byte> content)
    {
        (int width, int height) = (0, 0);
        int? orientation = null;
        ReadOnlySpan<byte> rest = content[2..];
        while (true)
        {
            byte marker = NextMarker(ref rest);
            if (marker == EndOfPicture)
                break;
            if (StandsAlone(marker))
                continue;
            ReadOnlySpan<byte> segment = Segment(ref rest);
            if (IsFrame(marker))
                (width, height) = Size(segment);
            else if (marker == App1 && orientation is null && segment.StartsWith("Exif\0\0"u8))
                orientation = Exif.Orientation(segment[6..]);
        }
        return width > 0
            ? new ImageHeader(ImageFormat.Jpeg, width, height, orientation ?? 1)
            : throw new HeaderException(ImageFileError.Corrupt, "a JPEG file without a frame");
    }

    /// <summary>Skips what is not a marker: the coded data of a scan, and rubbish that decoders skip as well.</summary>
    /// <exception cref="HeaderException">There is no further one.</exception>
    internal static byte NextMarker(ref ReadOnlySpan<byte> rest)
    {
        int at = rest.IndexOf((byte)0xFF);
        if (at < 0)
            throw HeaderException.CutOff();
        rest = rest[at..];
        int filling = rest.IndexOfAnyExcept((byte)0xFF);
        if (filling < 0)
            throw HeaderException.CutOff();
        byte marker = rest[filling];
        rest = rest[(filling + 1)..];
        return marker;
    }

    /// <summary>True for markers without a segment; within a scan a stuffed zero and the restarts belong to the data.</summary>
    internal static bool StandsAlone(byte marker) => marker is 0 or 1 || (marker >= RestartFirst && marker <= StartOfPicture);

    /// <exception cref="HeaderException">The segment ends behind the file, or has no length.</exception>
    internal static ReadOnlySpan<byte> Segment(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2)
            throw HeaderException.CutOff();
        int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (length < 2)
            throw new HeaderException(ImageFileError.Corrupt, "a JPEG segment of no length");
        if (length > rest.Length)
            throw HeaderException.CutOff();
        ReadOnlySpan<byte> segment = rest[2..length];
        rest = rest[length..];
        return segment;
    }

    // C4 (tables), C8 (reserved) and CC (arithmetic conditioning) lie between the frame markers.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static (int Width, int Height) Size(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 6)
            throw new HeaderException(ImageFileError.Corrupt, "a JPEG frame without a size");
        return (BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..]));
    }
}
