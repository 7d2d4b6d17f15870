using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Decoding;

/// <summary>
/// Conversions between pixel layouts as the official library does them: 8 to 16 bits times 257, back rounded, grey from
/// colours by BT.709, alpha dropped or filled with the largest value.
/// </summary>
internal static class PixelConversion
{
    internal static byte[] Convert(ReadOnlySpan<byte> pixels, PixelLayout given, PixelLayout wanted)
    {
        if (given == wanted)
            return pixels.ToArray();
        if (given.Bits != wanted.Bits)
        {
            byte[] resized = given.Bits == 8 ? Widen(pixels) : Narrow(pixels);
            return given.Channels == wanted.Channels ? resized : Rearrange(resized, given with { Bits = wanted.Bits }, wanted);
        }
        return Rearrange(pixels, given, wanted);
    }

    private static byte[] Rearrange(ReadOnlySpan<byte> pixels, PixelLayout given, PixelLayout wanted)
    {
        byte[] result = new byte[pixels.Length / given.Bytes * wanted.Bytes];
        if (wanted.Channels == 1)
            Luminance(pixels, given.Channels, result);
        else if (wanted.Bits == 8)
            Channels(pixels, given.Channels, result.AsSpan(), wanted.Channels, byte.MaxValue);
        else
            Channels(MemoryMarshal.Cast<byte, ushort>(pixels), given.Channels, MemoryMarshal.Cast<byte, ushort>(result.AsSpan()), wanted.Channels, ushort.MaxValue);
        return result;
    }

    private static byte[] Widen(ReadOnlySpan<byte> levels)
    {
        byte[] result = new byte[levels.Length * 2];
        Span<ushort> wide = MemoryMarshal.Cast<byte, ushort>(result.AsSpan());
        for (int i = 0; i < levels.Length; i++)
            wide[i] = (ushort)(levels[i] * 257);
        return result;
    }

    private static byte[] Narrow(ReadOnlySpan<byte> pixels)
    {
        ReadOnlySpan<ushort> wide = MemoryMarshal.Cast<byte, ushort>(pixels);
        byte[] result = new byte[wide.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = (byte)(((wide[i] * 255) + 32895) >> 16);
        return result;
    }

    private static void Luminance(ReadOnlySpan<byte> pixels, int channels, Span<byte> grey)
    {
        for (int i = 0, at = 0; i < grey.Length; i++, at += channels)
            grey[i] = (byte)((pixels[at] * .2126F) + (pixels[at + 1] * .7152F) + (pixels[at + 2] * .0722F) + 0.5F);
    }

    private static void Channels<T>(ReadOnlySpan<T> from, int fromChannels, Span<T> to, int toChannels, T opaque)
        where T : unmanaged
    {
        int count = from.Length / fromChannels;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<T> source = from.Slice(i * fromChannels, fromChannels);
            Span<T> target = to.Slice(i * toChannels, toChannels);
            for (int c = 0; c < toChannels; c++)
                target[c] = c == 3 && fromChannels < 4 ? opaque : source[fromChannels == 1 ? 0 : c];
        }
    }
}
