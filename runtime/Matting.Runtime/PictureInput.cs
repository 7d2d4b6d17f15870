using Matting.Shared.Imaging;

namespace Matting.Runtime;

/// <summary>A picture to be predicted: a file, the bytes of one, or pixels. Nothing is read before its turn comes. Immutable.</summary>
public sealed class PictureInput
{
    private readonly Func<ImageReadOptions, PixelImage> _read;

    private PictureInput(string name, Func<ImageReadOptions, PixelImage> read) => (Name, _read) = (name, read);

    /// <summary>The path, or the name it was given: what its outcome and its errors call it.</summary>
    public string Name { get; }

    /// <summary>A picture file, opened when its turn comes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static PictureInput FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(path, options => ImageFile.ReadRgb(path, options));
    }

    /// <summary>A picture as a file holds it (PNG, JPEG, WebP, BMP, TIFF), in memory; decoded when its turn comes.</summary>
    /// <param name="name">What its outcome and its errors call it.</param>
    /// <param name="content">The whole file; must not change before the outcome is there.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static PictureInput FromEncoded(string name, ReadOnlyMemory<byte> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(name, options => ImageFile.ReadRgb(content, name, options));
    }

    /// <summary>Pixels in memory.</summary>
    /// <param name="name">What its outcome calls it.</param>
    /// <param name="rgb">A picture of three channels; must not change before the outcome is there.</param>
    /// <exception cref="ArgumentException">The name is empty, or the picture is not RGB.</exception>
    public static PictureInput FromPixels(string name, PixelImage rgb)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(rgb);
        return rgb.Channels == 3
            ? new(name, _ => rgb)
            : throw new ArgumentException($"{name}: a picture to be predicted has to be RGB, got {rgb.Channels} channels", nameof(rgb));
    }

    /// <exception cref="ImageFileException">It is no picture that can be read.</exception>
    internal PixelImage Read(ImageReadOptions options) => _read(options);
}
