using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Matting.Shared.Imaging;

namespace Matting.Trainer.Preparation;

/// <summary>
/// Puts a cut-out over a grey: <c>round((alpha * colour + (255 - alpha) * grey) / 255)</c> for each channel, on the levels as they are
/// stored. A quotient by 255 is never halfway between two whole numbers, so there is only one way to round.
/// </summary>
public static class GreyCompositing
{
    /// <summary>The composite of one level; what the vectors below do for many.</summary>
    public static byte Level(byte colour, byte alpha, byte grey) => (byte)(((alpha * colour) + ((255 - alpha) * grey) + 127) / 255);

    /// <summary>The cut-out over a background, RGB.</summary>
    /// <param name="cutout">RGBA, not premultiplied.</param>
    /// <param name="background">What is behind it.</param>
    /// <exception cref="ArgumentException">The cut-out has no four channels.</exception>
    public static PixelImage Over(PixelImage cutout, LightBackground background)
    {
        CheckChannels(cutout);
        PixelImage composite = new(cutout.Width, cutout.Height, 3);
        for (int y = 0; y < cutout.Height; y++)
            OverGrey(cutout.Row(y), background.LevelAt(y, cutout.Height), composite.Row(y));
        return composite;
    }

    /// <summary>The alpha of a cut-out as a grey picture.</summary>
    /// <param name="cutout">RGBA.</param>
    /// <exception cref="ArgumentException">The cut-out has no four channels.</exception>
    public static PixelImage AlphaOf(PixelImage cutout)
    {
        CheckChannels(cutout);
        PixelImage alpha = new(cutout.Width, cutout.Height, 1);
        TakeAlpha(cutout.Pixels, alpha.Pixels);
        return alpha;
    }

    private static void CheckChannels(PixelImage cutout)
    {
        ArgumentNullException.ThrowIfNull(cutout);
        if (cutout.Channels != 4)
            throw new ArgumentException($"a cut-out has 4 channels, this picture has {cutout.Channels}", nameof(cutout));
    }

    private static void OverGrey(ReadOnlySpan<byte> rgba, byte grey, Span<byte> rgb)
    {
        int done = 0, pixels = rgba.Length / 4;
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte source = ref MemoryMarshal.GetReference(rgba);
            ref byte target = ref MemoryMarshal.GetReference(rgb);
            // 255 as an index gives 0; four pixels fill twelve of the sixteen lanes
            Vector128<byte> colourLanes = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
            Vector128<byte> alphaLanes = Vector128.Create((byte)3, 3, 3, 7, 7, 7, 11, 11, 11, 15, 15, 15, 255, 255, 255, 255);
            // sixteen bytes are stored for twelve: stop while the surplus is still inside
            for (; (done * 3) + 16 <= rgb.Length; done += 4)
            {
                Vector128<byte> four = Vector128.LoadUnsafe(ref source, (nuint)done * 4);
                (Vector128<ushort> colourLow, Vector128<ushort> colourHigh) = Vector128.Widen(Vector128.Shuffle(four, colourLanes));
                (Vector128<ushort> alphaLow, Vector128<ushort> alphaHigh) = Vector128.Widen(Vector128.Shuffle(four, alphaLanes));
                Vector128.Narrow(Levels(colourLow, alphaLow, grey), Levels(colourHigh, alphaHigh, grey)).StoreUnsafe(ref target, (nuint)done * 3);
            }
        }
        for (; done < pixels; done++)
        {
            byte alpha = rgba[(4 * done) + 3];
            for (int channel = 0; channel < 3; channel++)
                rgb[(3 * done) + channel] = Level(rgba[(4 * done) + channel], alpha, grey);
        }
    }

    // (x + 128 + (x + 128 >> 8)) >> 8 is x / 255 to the nearest for every x up to 255 * 255, and no sum exceeds 16 bits.
    private static Vector128<ushort> Levels(Vector128<ushort> colour, Vector128<ushort> alpha, ushort grey)
    {
        Vector128<ushort> sum = (alpha * colour) + ((Vector128.Create((ushort)255) - alpha) * grey) + Vector128.Create((ushort)128);
        return (sum + (sum >>> 8)) >>> 8;
    }

    private static void TakeAlpha(ReadOnlySpan<byte> rgba, Span<byte> alpha)
    {
        int done = 0;
        if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            ref uint source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, uint>(rgba));
            ref byte target = ref MemoryMarshal.GetReference(alpha);
            for (; done + 16 <= alpha.Length; done += 16)
            {
                nuint at = (nuint)done;
                Vector128<ushort> low = Vector128.Narrow(Vector128.LoadUnsafe(ref source, at) >>> 24, Vector128.LoadUnsafe(ref source, at + 4) >>> 24);
                Vector128<ushort> high = Vector128.Narrow(Vector128.LoadUnsafe(ref source, at + 8) >>> 24, Vector128.LoadUnsafe(ref source, at + 12) >>> 24);
                Vector128.Narrow(low, high).StoreUnsafe(ref target, at);
            }
        }
        for (; done < alpha.Length; done++)
            alpha[done] = rgba[(4 * done) + 3];
    }
}
