using System.Buffers.Binary;

namespace Matting.Shared.Imaging.Profiles;

/// <summary>What is asked of a colour profile before it is kept: an ICC profile (ISO 15076-1, section 7.2) of RGB colours, whole and of sensible size.</summary>
internal static class RgbProfile
{
    /// <summary>Profiles of cameras and screens have some kilobytes, those with large tables one or two megabytes.</summary>
    internal const int MostBytes = 4 << 20;

    // the header and the number of tags
    private const int LeastBytes = 128 + 4;
    private const int ColourSpaceAt = 16;
    private const int SignatureAt = 36;

    internal static bool IsOne(ReadOnlySpan<byte> profile) =>
        profile.Length is >= LeastBytes and <= MostBytes
        && BinaryPrimitives.ReadUInt32BigEndian(profile) is >= LeastBytes and var size && size <= profile.Length
        && profile[ColourSpaceAt..].StartsWith("RGB "u8)
        && profile[SignatureAt..].StartsWith("acsp"u8);
}
