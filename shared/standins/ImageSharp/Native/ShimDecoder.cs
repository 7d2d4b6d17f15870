using SixLabors.ImageSharp.Decoding;

namespace SixLabors.ImageSharp.Native;

/// <summary>One format's decoder in the shim: how it is recognised, its functions and the layouts it can give.</summary>
internal sealed unsafe class ShimDecoder
{
    private static readonly ShimDecoder Png = new("PNG", &Shim.PngInfo, &Shim.PngRead,
        (wanted, grey) => wanted.Channels == 1 && !grey ? new PixelLayout(3, 8) : wanted);

    private static readonly ShimDecoder Jpeg = new("JPEG", &Shim.JpegInfo, &Shim.JpegRead, (_, _) => new PixelLayout(3, 8));

    private static readonly ShimDecoder Webp = new("WebP", &Shim.WebpInfo, &Shim.WebpRead,
        (wanted, _) => new PixelLayout(wanted.Channels == 4 ? 4 : 3, 8));

    private static readonly ShimDecoder Tiff = new("TIFF", &Shim.TiffInfo, &Shim.TiffRead, (_, _) => new PixelLayout(4, 16));

    private readonly string _format;
    private readonly delegate*<byte*, nuint, Shim.Info*, byte*, int> _info;
    private readonly delegate*<byte*, nuint, Shim.Target*, byte*, int> _read;
    private readonly Func<PixelLayout, bool, PixelLayout> _layout;

    private ShimDecoder(
        string format,
        delegate*<byte*, nuint, Shim.Info*, byte*, int> info,
        delegate*<byte*, nuint, Shim.Target*, byte*, int> read,
        Func<PixelLayout, bool, PixelLayout> layout)
    {
        _format = format;
        _info = info;
        _read = read;
        _layout = layout;
    }

    /// <summary>The decoder for a file by its first bytes, or null.</summary>
    internal static ShimDecoder? For(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]))
            return Png;
        if (data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return Jpeg;
        if (data.Length >= 12 && data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8))
            return Webp;
        return data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8) || data.StartsWith("II+\0"u8) || data.StartsWith("MM\0+"u8) ? Tiff : null;
    }

    /// <summary>The layout to decode into, nearest to what is wanted.</summary>
    internal PixelLayout LayoutFor(PixelLayout wanted, bool grey) => _layout(wanted, grey);

    internal (int Width, int Height, bool Grey) ReadInfo(ReadOnlySpan<byte> data)
    {
        Shim.Info found;
        byte* message = stackalloc byte[Shim.MessageLength];
        fixed (byte* bytes = data)
            Shim.ThrowUnlessOk(_info(bytes, (nuint)data.Length, &found, message), _format, message);
        if (found.Width is 0 or > int.MaxValue || found.Height is 0 or > int.MaxValue)
            throw new InvalidImageContentException($"{_format}: {found.Width}x{found.Height} pixels");
        return ((int)found.Width, (int)found.Height, found.Grey != 0);
    }

    internal void ReadPixels(ReadOnlySpan<byte> data, int width, int height, PixelLayout layout, Span<byte> pixels)
    {
        byte* message = stackalloc byte[Shim.MessageLength];
        fixed (byte* bytes = data, target = pixels)
        {
            Shim.Target to = new() { Pixels = target, Width = (uint)width, Height = (uint)height, Channels = (uint)layout.Channels, Bits = (uint)layout.Bits };
            Shim.ThrowUnlessOk(_read(bytes, (nuint)data.Length, &to, message), _format, message);
        }
    }
}
