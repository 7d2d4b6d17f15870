using Matting.Shared.Imaging.Headers;

namespace Matting.Shared.Imaging.Profiles;

/// <summary>
/// Takes the colour profile out of a file whose header has been read. It is read here, and not by the decoder, so that the limit of
/// its size is the same whatever library decodes. What is missing, damaged, too large or not of RGB colours is no profile: the pixels are worth
/// more than it.
/// </summary>
internal static class ProfileReader
{
    /// <summary>A copy of the profile, byte for byte; empty where there is none to keep.</summary>
    internal static ReadOnlyMemory<byte> Read(ReadOnlySpan<byte> content, ImageFormat format)
    {
        byte[]? profile = format switch
        {
            ImageFormat.Png => PngProfile.Read(content),
            ImageFormat.Jpeg => JpegProfile.Read(content),
            ImageFormat.Webp => WebpProfile.Read(content),
            ImageFormat.Tiff => TiffProfile.Read(content),
            _ => null,
        };
        return RgbProfile.IsOne(profile) ? profile : default;
    }
}
