using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Matting.Shared.Imaging;

/// <summary>
/// Colours to grey by the integer formula of ITU-R BT.601 that Pillow and the golden data use:
/// <c>(19595 R + 38470 G + 7471 B + 32768) >> 16</c>. Equal channels keep their level.
/// </summary>
public static class GreyConversion
{
    private const uint Red = 19595;
    private const uint Green = 38470;
    private const uint Blue = 7471;
    private const uint Half = 32768;

    /// <summary>The grey level of one colour.</summary>
    public static byte Level(byte red, byte green, byte blue) => (byte)(((Red * red) + (Green * green) + (Blue * blue) + Half) >> 16);

    /// <summary>A grey copy of an RGB picture; a grey one is returned as it is.</summary>
    /// <exception cref="ArgumentException">The picture has an alpha channel.</exception>
    public static PixelImage ToGrey(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Channels == 1)
            return image;
        if (image.Channels != 3)
            throw new ArgumentException("a picture with alpha has no single grey version; drop the alpha first", nameof(image));
        PixelImage grey = new(image.Width, image.Height, 1);
        Convert(image.Pixels, grey.Pixels);
        return grey;
    }

    /// <summary>Converts interleaved pixels.</summary>
    /// <param name="rgb">R, G, B, R, G, B, ...</param>
    /// <param name="grey">Receives a third as many levels.</param>
    /// <exception cref="ArgumentException"><paramref name="rgb"/> is not three times as long.</exception>
    public static void Convert(ReadOnlySpan<byte> rgb, Span<byte> grey)
    {
        if (rgb.Length != 3L * grey.Length)
            throw new ArgumentException($"{rgb.Length} bytes are not {grey.Length} RGB pixels", nameof(rgb));
        int done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte source = ref MemoryMarshal.GetReference(rgb);
            ref byte target = ref MemoryMarshal.GetReference(grey);
            // 16 bytes are loaded for 4 pixels of 12: stop while the surplus is still inside
            for (; (done * 3) + 16 <= rgb.Length; done += 4)
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, done), FourLevels(Vector128.LoadUnsafe(ref source, (nuint)done * 3)));
        }
        for (; done < grey.Length; done++)
            grey[done] = Level(rgb[done * 3], rgb[(done * 3) + 1], rgb[(done * 3) + 2]);
    }

    // Each 32-bit lane takes one channel of one pixel; 255 as an index gives 0.
    private static uint FourLevels(Vector128<byte> pixels)
    {
        Vector128<uint> red = Vector128.Shuffle(pixels, Vector128.Create((byte)0, 255, 255, 255, 3, 255, 255, 255, 6, 255, 255, 255, 9, 255, 255, 255)).AsUInt32();
        Vector128<uint> green = Vector128.Shuffle(pixels, Vector128.Create((byte)1, 255, 255, 255, 4, 255, 255, 255, 7, 255, 255, 255, 10, 255, 255, 255)).AsUInt32();
        Vector128<uint> blue = Vector128.Shuffle(pixels, Vector128.Create((byte)2, 255, 255, 255, 5, 255, 255, 255, 8, 255, 255, 255, 11, 255, 255, 255)).AsUInt32();
        Vector128<uint> sum = (red * Red) + (green * Green) + (blue * Blue) + Vector128.Create(Half);
        // the level is the third byte of each lane
        return Vector128.Shuffle(sum.AsByte(), Vector128.Create((byte)2, 6, 10, 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)).AsUInt32().ToScalar();
    }
}
