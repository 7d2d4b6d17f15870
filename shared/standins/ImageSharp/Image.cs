using SixLabors.ImageSharp.Decoding;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public abstract class Image : IDisposable
{
    private bool _disposed;

    private protected Image(int width, int height)
    {
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    public ImageMetadata Metadata { get; } = new();

    internal byte[]? ProfileBytes => Metadata.IccProfile?.ToByteArray();

    public static Image<TPixel> Load<TPixel>(DecoderOptions options, ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentNullException.ThrowIfNull(options);
        (byte[] pixels, int width, int height) = PictureFile.Decode(data, PixelLayout.Of<TPixel>());
        return new Image<TPixel>(pixels, width, height);
    }

    public static Image<TPixel> LoadPixelData<TPixel>(ReadOnlySpan<byte> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long bytes = (long)width * height * PixelLayout.Of<TPixel>().Bytes;
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Length, bytes, nameof(data));
        return new Image<TPixel>(data[..(int)bytes].ToArray(), width, height);
    }

    public void Save(Stream stream, IImageEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(encoder);
        EnsureNotDisposed();
        Encode(stream, encoder);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        Dispose(true);
        GC.SuppressFinalize(this);
        _disposed = true;
    }

    protected abstract void Dispose(bool disposing);

    internal abstract void Encode(Stream stream, IImageEncoder encoder);

    internal void EnsureNotDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);
}
