using Matting.Shared.Imaging.Headers;

namespace Matting.Shared.Imaging.Profiles;

/// <summary>TIFF: the tag 34675 of the first picture.</summary>
internal static class TiffProfile
{
    private const ushort IccProfile = 34675;

    internal static byte[]? Read(ReadOnlySpan<byte> content) =>
        TiffDirectory.TryRead(content, out TiffDirectory directory) && directory.FindBytes(IccProfile) is { IsEmpty: false, Length: <= RgbProfile.MostBytes } data ? data.ToArray() : null;
}
