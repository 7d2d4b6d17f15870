using SixLabors.ImageSharp.Encoding;

namespace SixLabors.ImageSharp.Native;

/// <summary>8-bit pixels to files through the shim, with a colour profile where there is one.</summary>
internal static unsafe class ShimEncoders
{
    internal static void Png(Stream stream, ReadOnlySpan<byte> pixels, int width, int height, int channels, int level, byte[]? profile)
    {
        fixed (byte* bytes = pixels)
        {
            Shim.Target image = Image(bytes, width, height, channels);
            byte* message = stackalloc byte[Shim.MessageLength];
            byte* file;
            nuint count;
            Shim.ThrowUnlessOk(Shim.PngWrite(&image, level, &file, &count, message), "PNG", message);
            Deliver(stream, file, count, profile, ProfileContainer.WritePng);
        }
    }

    internal static void Jpeg(Stream stream, ReadOnlySpan<byte> pixels, int width, int height, int channels, int quality, bool fullChroma, byte[]? profile)
    {
        fixed (byte* bytes = pixels)
        {
            Shim.Target image = Image(bytes, width, height, channels);
            byte* message = stackalloc byte[Shim.MessageLength];
            byte* file;
            nuint count;
            Shim.ThrowUnlessOk(Shim.JpegWrite(&image, quality, fullChroma ? 1 : 0, &file, &count, message), "JPEG", message);
            Deliver(stream, file, count, profile, ProfileContainer.WriteJpeg);
        }
    }

    internal static void Webp(
        Stream stream, ReadOnlySpan<byte> pixels, int width, int height, int channels, int quality, int method, bool lossless, bool exact, byte[]? profile)
    {
        fixed (byte* bytes = pixels)
        {
            Shim.Target image = Image(bytes, width, height, channels);
            byte* message = stackalloc byte[Shim.MessageLength];
            byte* file;
            nuint count;
            int status = Shim.WebpWrite(&image, quality, method, lossless ? 1 : 0, exact ? 1 : 0, &file, &count, message);
            Shim.ThrowUnlessOk(status, "WebP", message);
            Deliver(stream, file, count, profile, (to, encoded, icc) => ProfileContainer.WriteWebp(to, encoded, icc, width, height));
        }
    }

    private static Shim.Target Image(byte* pixels, int width, int height, int channels) =>
        new() { Pixels = pixels, Width = (uint)width, Height = (uint)height, Channels = (uint)channels, Bits = 8 };

    private static void Deliver(Stream stream, byte* file, nuint count, byte[]? profile, WriteWithProfile write)
    {
        try
        {
            ReadOnlySpan<byte> encoded = new(file, checked((int)count));
            if (profile is null)
                stream.Write(encoded);
            else
                write(stream, encoded, profile);
        }
        finally
        {
            Shim.Free(file);
        }
    }

    private delegate void WriteWithProfile(Stream stream, ReadOnlySpan<byte> file, byte[] profile);
}
