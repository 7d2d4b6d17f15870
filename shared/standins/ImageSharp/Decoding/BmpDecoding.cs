using System.Buffers.Binary;
using System.Numerics;

namespace SixLabors.ImageSharp.Decoding;

/// <summary>BMP pixels, decoded here as the official library does it in managed code.</summary>
internal static class BmpDecoding
{
    /// <summary>Fills width x height pixels of R, G, B, alpha.</summary>
    internal static void Decode(ReadOnlySpan<byte> data, BmpHeader header, Span<byte> rgba)
    {
        ReadOnlySpan<byte> content = data[header.PixelsStart..];
        if (header.Compression is BmpHeader.Rle4 or BmpHeader.Rle8)
        {
            byte[] indices = BmpRunLength.Decode(content, header);
            for (int y = 0; y < header.Height; y++)
                FromPalette(indices.AsSpan(y * header.Width, header.Width), 8, data, header, Row(rgba, header, y));
            return;
        }
        long stride = (((long)header.Width * header.BitsPerPixel) + 31) / 32 * 4;
        // the last row's filling may be missing
        long lastRow = (((long)header.Width * header.BitsPerPixel) + 7) / 8;
        if ((stride * (header.Height - 1)) + lastRow > content.Length)
            throw new InvalidImageContentException("BMP: the pixels are cut off");
        for (int y = 0; y < header.Height; y++)
            DecodeRow(content.Slice((int)(y * stride), (int)lastRow), data, header, Row(rgba, header, y));
        bool transparent = header is { BitsPerPixel: 32, Compression: BmpHeader.Rgb, AlphaIsUncertain: true } && IsTransparent(rgba);
        if (transparent)
            MakeOpaque(rgba);
    }

    private static Span<byte> Row(Span<byte> rgba, BmpHeader header, int y) =>
        rgba.Slice((header.TopDown ? y : header.Height - 1 - y) * header.Width * 4, header.Width * 4);

    private static void DecodeRow(ReadOnlySpan<byte> source, ReadOnlySpan<byte> data, BmpHeader header, Span<byte> target)
    {
        if (header.BitsPerPixel <= 8)
            FromPalette(source, header.BitsPerPixel, data, header, target);
        else if (header.BitsPerPixel == 24)
            FromBgr(source, 3, target);
        else if (header.BitsPerPixel == 32 && header.Compression == BmpHeader.Rgb)
            FromBgr(source, 4, target);
        else if (header.Compression == BmpHeader.Rgb)
            FromMasks(source, 16, 0x7C00, 0x03E0, 0x001F, 0, target);
        else
            FromMasks(source, header.BitsPerPixel, header.RedMask, header.GreenMask, header.BlueMask, header.AlphaMask, target);
    }

    private static void FromPalette(ReadOnlySpan<byte> source, int bits, ReadOnlySpan<byte> data, BmpHeader header, Span<byte> target)
    {
        int perByte = 8 / bits;
        int mask = (1 << bits) - 1;
        for (int x = 0; x < target.Length / 4; x++)
        {
            int index = (source[x / perByte] >> (8 - bits - (x % perByte * bits))) & mask;
            if (index >= header.PaletteEntries)
                throw new InvalidImageContentException($"BMP: palette entry {index} of {header.PaletteEntries}");
            ReadOnlySpan<byte> entry = data.Slice(header.PaletteStart + (index * header.PaletteEntrySize), 3);
            Span<byte> pixel = target.Slice(x * 4, 4);
            (pixel[0], pixel[1], pixel[2], pixel[3]) = (entry[2], entry[1], entry[0], 255);
        }
    }

    private static void FromBgr(ReadOnlySpan<byte> source, int size, Span<byte> target)
    {
        for (int x = 0; x < target.Length / 4; x++)
        {
            ReadOnlySpan<byte> from = source.Slice(x * size, size);
            Span<byte> pixel = target.Slice(x * 4, 4);
            (pixel[0], pixel[1], pixel[2], pixel[3]) = (from[2], from[1], from[0], size == 4 ? from[3] : (byte)255);
        }
    }

    private static void FromMasks(ReadOnlySpan<byte> source, int bits, uint red, uint green, uint blue, uint alpha, Span<byte> target)
    {
        for (int x = 0; x < target.Length / 4; x++)
        {
            uint value = bits == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(source[(x * 2)..]) : BinaryPrimitives.ReadUInt32LittleEndian(source[(x * 4)..]);
            Span<byte> pixel = target.Slice(x * 4, 4);
            (pixel[0], pixel[1], pixel[2]) = (Channel(value, red), Channel(value, green), Channel(value, blue));
            pixel[3] = alpha == 0 ? (byte)255 : Channel(value, alpha);
        }
    }

    // Five and six bits are widened by repeating their top bits.
    private static byte Channel(uint value, uint mask)
    {
        uint level = mask == 0 ? 0 : (value & mask) >> BitOperations.TrailingZeroCount(mask);
        return BitOperations.PopCount(mask) switch
        {
            8 => (byte)level,
            5 => (byte)((level << 3) | (level >> 2)),
            6 => (byte)((level << 2) | (level >> 4)),
            _ => throw new NotSupportedException($"BMP: a colour mask of {BitOperations.PopCount(mask)} bits"),
        };
    }

    private static bool IsTransparent(ReadOnlySpan<byte> rgba)
    {
        for (int i = 3; i < rgba.Length; i += 4)
        {
            if (rgba[i] != 0)
                return false;
        }
        return true;
    }

    private static void MakeOpaque(Span<byte> rgba)
    {
        for (int i = 3; i < rgba.Length; i += 4)
            rgba[i] = 255;
    }
}
