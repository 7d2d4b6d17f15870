namespace Matting.Shared.Imaging.Headers;

/// <summary>EXIF data: a TIFF structure without pixels.</summary>
internal static class Exif
{
    private const ushort OrientationTag = 0x112;

    /// <summary>The orientation, 1 to 8; 1 where the data says none or cannot be read.</summary>
    internal static int Orientation(ReadOnlySpan<byte> exif) => TiffDirectory.TryRead(exif, out TiffDirectory directory) ? Orientation(directory) : 1;

    /// <inheritdoc cref="Orientation(ReadOnlySpan{byte})"/>
    internal static int Orientation(TiffDirectory directory) => directory.Find(OrientationTag) is { } value and >= 1 and <= 8 ? (int)value : 1;
}
