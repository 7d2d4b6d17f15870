using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Matting.Shared.Imaging.Headers;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;

namespace Matting.Shared.Imaging.Decoding;

/// <summary>
/// Pixels out of a file through ImageSharp. Only loading is asked of it: colours come as they are stored, and what would
/// differ from the reference (grey from colours, 16 to 8 bits) is done here.
/// </summary>
internal static class PixelDecoder
{
    private static readonly DecoderOptions Options = new() { SkipMetadata = true, MaxFrames = 1 };

    /// <summary>Decodes to 1 (grey), 3 (RGB, alpha dropped) or 4 channels.</summary>
    internal static PixelImage Decode(ReadOnlySpan<byte> content, ImageHeader header, int channels)
    {
        bool wide = header.Depth == SampleDepth.Colour16;
        if (channels == 4)
            return wide ? LoadWide<Rgba64>(content, header, 4) : Load<Rgba32>(content, header, 4);
        if (channels == 1 && header.Depth == SampleDepth.Grey8)
            return Load<L8>(content, header, 1);
        PixelImage rgb = wide ? LoadWide<Rgb48>(content, header, 3) : Load<Rgb24>(content, header, 3);
        return channels == 1 ? GreyConversion.ToGrey(rgb) : rgb;
    }

    private static PixelImage Load<TPixel>(ReadOnlySpan<byte> content, ImageHeader header, int channels)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using Image<TPixel> image = Image.Load<TPixel>(Options, content);
        CheckSize(image, header);
        PixelImage result = new(image.Width, image.Height, channels);
        image.CopyPixelDataTo(result.Pixels);
        return result;
    }

    private static PixelImage LoadWide<TPixel>(ReadOnlySpan<byte> content, ImageHeader header, int channels)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using Image<TPixel> image = Image.Load<TPixel>(Options, content);
        CheckSize(image, header);
        PixelImage result = new(image.Width, image.Height, channels);
        byte[] wide = new byte[result.Pixels.LongLength * 2];
        image.CopyPixelDataTo(wide);
        TakeHighBytes(MemoryMarshal.Cast<byte, ushort>(wide), result.Pixels);
        return result;
    }

    // 16 bits become 8 by dropping the low byte, as Pillow does; 8 bits that were widened (times 257) come back exactly.
    private static void TakeHighBytes(ReadOnlySpan<ushort> wide, Span<byte> levels)
    {
        int done = 0;
        ref ushort source = ref MemoryMarshal.GetReference(wide);
        ref byte target = ref MemoryMarshal.GetReference(levels);
        for (; done + 32 <= levels.Length; done += 32)
        {
            Vector256<ushort> first = Vector256.LoadUnsafe(ref source, (nuint)done) >>> 8;
            Vector256<ushort> second = Vector256.LoadUnsafe(ref source, (nuint)done + 16) >>> 8;
            Vector256.Narrow(first, second).StoreUnsafe(ref target, (nuint)done);
        }
        for (; done < levels.Length; done++)
            levels[done] = (byte)(wide[done] >> 8);
    }

    private static void CheckSize(Image image, ImageHeader header)
    {
        if (image.Width != header.Width || image.Height != header.Height)
            throw new HeaderException(ImageFileError.Corrupt, $"the header says {header.Width}x{header.Height} pixels, the content {image.Width}x{image.Height}");
    }
}
