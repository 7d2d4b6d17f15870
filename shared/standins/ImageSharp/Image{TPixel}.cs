using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public sealed class Image<TPixel> : Image
    where TPixel : unmanaged, IPixel<TPixel>
{
    private byte[] _pixels;

    internal Image(byte[] pixels, int width, int height)
        : base(width, height) => _pixels = pixels;

    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            EnsureNotDisposed();
            return _pixels;
        }
    }

    public void CopyPixelDataTo(Span<byte> destination)
    {
        EnsureNotDisposed();
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, _pixels.Length, nameof(destination));
        _pixels.CopyTo(destination);
    }

    protected override void Dispose(bool disposing) => _pixels = [];

    internal override void Encode(Stream stream, IImageEncoder encoder) => encoder.Encode(this, stream);
}
