using Matting.Shared.Imaging.Profiles;

namespace Matting.Shared.Imaging;

/// <summary>
/// An 8-bit picture in memory: height x width x channels, interleaved, rows from top to bottom without gaps.
/// One channel is grey (or an alpha map), three are R, G, B, four are R, G, B, alpha (not premultiplied).
/// </summary>
public sealed class PixelImage
{
    private readonly ReadOnlyMemory<byte> _colourProfile;

    /// <summary>Creates a black (for four channels: transparent) picture.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, another number of channels, or more than 2 GiB of pixels.</exception>
    public PixelImage(int width, int height, int channels)
        : this(width, height, channels, new byte[ByteCount(width, height, channels)])
    {
    }

    /// <summary>Wraps pixels that exist already; the array is used, not copied.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="pixels">Exactly <c>height * width * channels</c> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1 or another number of channels.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    public PixelImage(int width, int height, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        int bytes = ByteCount(width, height, channels);
        if (pixels.Length != bytes)
            throw new ArgumentException($"{width}x{height} pixels of {channels} channels need {bytes} bytes, got {pixels.Length}", nameof(pixels));
        Width = width;
        Height = height;
        Channels = channels;
        Pixels = pixels;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>1 (grey), 3 (RGB) or 4 (RGBA).</summary>
    public int Channels { get; }

    /// <summary>All pixels, <c>(y * Width + x) * Channels + channel</c>.</summary>
    public byte[] Pixels { get; }

    /// <summary>
    /// The ICC profile that says which colours the numbers stand for; empty for none, which mostly means sRGB. Pictures made of one picture have its
    /// profile, those of several the foreground's; grey ones have none. Nothing converts colours: the numbers are taken as they are.
    /// </summary>
    /// <exception cref="ArgumentException">No ICC profile of RGB colours, more than 4 MiB of it, or a grey picture.</exception>
    public ReadOnlyMemory<byte> ColourProfile
    {
        get => _colourProfile;
        init => _colourProfile = value.IsEmpty || (Channels > 1 && RgbProfile.IsOne(value.Span))
            ? value
            : throw new ArgumentException($"{value.Length} bytes that are no ICC profile of RGB colours, or a picture of {Channels} channel", nameof(value));
    }

    /// <summary>Bytes of one row.</summary>
    public int Stride => Width * Channels;

    /// <summary>One row, <see cref="Stride"/> bytes.</summary>
    /// <param name="y">Row number, 0 at the top.</param>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Stride, Stride);

    /// <summary>The same pixels with another profile; the same object when neither has one.</summary>
    internal PixelImage WithProfile(ReadOnlyMemory<byte> profile) =>
        profile.IsEmpty && _colourProfile.IsEmpty ? this : new PixelImage(Width, Height, Channels, Pixels) { ColourProfile = profile };

    private static int ByteCount(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3 or 4))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "a picture has 1 (grey), 3 (RGB) or 4 (RGBA) channels");
        long bytes = (long)width * height * channels;
        if (bytes > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(width), $"{width}x{height} pixels of {channels} channels exceed 2 GiB");
        return (int)bytes;
    }
}
