using System.Diagnostics.CodeAnalysis;
using Matting.Shared.Imaging;

namespace Matting.Trainer.Preparation;

/// <summary>A cut-out that can be used: something of it is seen and something is not.</summary>
/// <param name="Pixels">RGBA, not premultiplied.</param>
/// <param name="Alpha">Its alpha as a grey picture.</param>
/// <param name="SixteenBits">True when the file has 16 bits a channel, of which the higher 8 were taken.</param>
internal sealed record CutoutPicture(PixelImage Pixels, PixelImage Alpha, bool SixteenBits)
{
    // ISO/IEC 15948: signature (8), length and name of the header chunk (8), width (4), height (4), then the bits of a sample
    private const int PngBitDepthAt = 24;

    /// <summary>Reads a cut-out.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">How pictures are read.</param>
    /// <param name="picture">The cut-out, when it can be used.</param>
    /// <param name="reason">Why it cannot be used, one line that names the file.</param>
    public static bool TryRead(
        string file, ImageReadOptions options, [NotNullWhen(true)] out CutoutPicture? picture, [NotNullWhen(false)] out string? reason)
    {
        (picture, reason) = (null, null);
        try
        {
            byte[] content = File.ReadAllBytes(file);
            string format = ImageFile.Identify(content, file, options).Format;
            if (format is "JPEG")
            {
                reason = $"{file}: a JPEG has no alpha channel";
                return false;
            }
            PixelImage pixels = ImageFile.ReadRgba(content, file, options);
            PixelImage alpha = GreyCompositing.AlphaOf(pixels);
            if (!alpha.Pixels.AsSpan().ContainsAnyExcept((byte)255))
                reason = $"{file}: opaque everywhere; it has no alpha channel, or nothing was cut out";
            else if (!alpha.Pixels.AsSpan().ContainsAnyExcept((byte)0))
                reason = $"{file}: transparent everywhere, there is nothing to see";
            else
                picture = new CutoutPicture(pixels, alpha, format is "PNG" && content[PngBitDepthAt] == 16);
        }
        catch (ImageFileException unreadable)
        {
            reason = unreadable.Message;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reason = $"{file}: cannot be read: {failure.Message}";
        }
        return picture is not null;
    }
}
