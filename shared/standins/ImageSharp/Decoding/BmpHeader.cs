using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Decoding;

/// <summary>The headers of a BMP file, checked: what the decoder relies on holds.</summary>
internal readonly record struct BmpHeader
{
    internal const int Rgb = 0;
    internal const int Rle8 = 1;
    internal const int Rle4 = 2;
    internal const int BitFields = 3;
    internal const int AlphaBitFields = 6;

    private const int FileHeaderSize = 14;
    private const int CoreHeaderSize = 12;
    private const int InfoHeaderSize = 40;

    internal int Width { get; private init; }

    internal int Height { get; private init; }

    internal bool TopDown { get; private init; }

    internal int BitsPerPixel { get; private init; }

    internal int Compression { get; private init; }

    /// <summary>The first version of the information header: 32-bit pixels may or may not have alpha.</summary>
    internal bool AlphaIsUncertain { get; private init; }

    internal int PaletteStart { get; private init; }

    internal int PaletteEntrySize { get; private init; }

    internal int PaletteEntries { get; private init; }

    internal int PixelsStart { get; private init; }

    internal uint RedMask { get; private init; }

    internal uint GreenMask { get; private init; }

    internal uint BlueMask { get; private init; }

    internal uint AlphaMask { get; private init; }

    internal static BmpHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length < FileHeaderSize + CoreHeaderSize)
            throw new InvalidImageContentException("BMP: the header is cut off");
        uint pixelsStart = BinaryPrimitives.ReadUInt32LittleEndian(data[10..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(data[FileHeaderSize..]);
        if (size > data.Length - FileHeaderSize || pixelsStart > data.Length)
            throw new InvalidImageContentException("BMP: the header is cut off");
        ReadOnlySpan<byte> header = data.Slice(FileHeaderSize, (int)size);
        BmpHeader result = size switch
        {
            CoreHeaderSize => ReadCore(header),
            >= InfoHeaderSize and <= 124 => ReadInfo(header, data),
            _ => throw new NotSupportedException($"BMP: a header of {size} bytes"),
        };
        result = result with { PixelsStart = (int)pixelsStart };
        Check(result);
        int room = (result.PixelsStart - result.PaletteStart) / result.PaletteEntrySize;
        return result with { PaletteEntries = Math.Clamp(result.PaletteEntries, 0, Math.Max(room, 0)) };
    }

    private static BmpHeader ReadCore(ReadOnlySpan<byte> header) => new()
    {
        Width = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]),
        Height = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]),
        BitsPerPixel = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]),
        PaletteStart = FileHeaderSize + CoreHeaderSize,
        PaletteEntrySize = 3,
        PaletteEntries = 256,
    };

    private static BmpHeader ReadInfo(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        int height = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        int compression = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
        // The masks are part of the longer headers and follow the short one, at the same place.
        int masks = compression is BitFields ? 12 : compression is AlphaBitFields ? 16 : 0;
        int behind = FileHeaderSize + (header.Length == InfoHeaderSize ? InfoHeaderSize + masks : header.Length);
        if (data.Length < FileHeaderSize + InfoHeaderSize + masks)
            throw new InvalidImageContentException("BMP: the colour masks are cut off");
        ReadOnlySpan<byte> mask = data[(FileHeaderSize + InfoHeaderSize)..];
        bool hasAlphaMask = compression == AlphaBitFields || (masks > 0 && header.Length >= 56);
        return new BmpHeader
        {
            Width = BinaryPrimitives.ReadInt32LittleEndian(header[4..]),
            Height = height == int.MinValue ? 0 : Math.Abs(height),
            TopDown = height < 0,
            BitsPerPixel = BinaryPrimitives.ReadUInt16LittleEndian(header[14..]),
            Compression = compression,
            AlphaIsUncertain = header.Length == InfoHeaderSize,
            PaletteStart = behind,
            PaletteEntrySize = 4,
            PaletteEntries = 256,
            RedMask = masks > 0 ? BinaryPrimitives.ReadUInt32LittleEndian(mask) : 0,
            GreenMask = masks > 0 ? BinaryPrimitives.ReadUInt32LittleEndian(mask[4..]) : 0,
            BlueMask = masks > 0 ? BinaryPrimitives.ReadUInt32LittleEndian(mask[8..]) : 0,
            AlphaMask = hasAlphaMask && mask.Length >= 16 ? BinaryPrimitives.ReadUInt32LittleEndian(mask[12..]) : 0,
        };
    }

    private static void Check(BmpHeader header)
    {
        if (header.Width < 1 || header.Height < 1)
            throw new InvalidImageContentException("BMP: a picture without pixels");
        bool known = (header.Compression, header.BitsPerPixel) switch
        {
            (Rgb, 1 or 2 or 4 or 8 or 16 or 24 or 32) => true,
            (Rle8, 8) or (Rle4, 4) => true,
            (BitFields or AlphaBitFields, 16 or 32) => true,
            _ => false,
        };
        if (!known)
            throw new NotSupportedException($"BMP: compression {header.Compression} with {header.BitsPerPixel} bits a pixel");
    }
}
