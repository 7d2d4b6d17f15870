using Matting.Shared.Imaging.Headers;

namespace Matting.Shared.Imaging.Profiles;

/// <summary>WebP: the chunk ICCP behind VP8X.</summary>
internal static class WebpProfile
{
    internal static byte[]? Read(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = WebpHeader.Chunks(content);
        WebpHeader.NextChunk(ref rest, out ReadOnlySpan<byte> name);
        if (!name.SequenceEqual("VP8X"u8) || rest.IsEmpty)
            return null;
        ReadOnlySpan<byte> data = WebpHeader.NextChunk(ref rest, out name);
        return name.SequenceEqual("ICCP"u8) && data.Length <= RgbProfile.MostBytes ? data.ToArray() : null;
    }
}
