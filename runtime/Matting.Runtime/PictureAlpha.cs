using Matting.Shared.Imaging;

namespace Matting.Runtime;

/// <summary>The alpha that the network found for one picture. The values live in a buffer that is used again: they are valid only during the call that hands them out.</summary>
public readonly ref struct PictureAlpha
{
    private readonly int _pictureHeight;
    private readonly int _pictureWidth;
    private readonly PixelImage? _picture;

    internal PictureAlpha(ReadOnlySpan<float> values, NetworkSize size, int pictureHeight, int pictureWidth, PixelImage? picture)
    {
        Values = values;
        Size = size;
        _pictureHeight = pictureHeight;
        _pictureWidth = pictureWidth;
        _picture = picture;
    }

    /// <summary>Alpha at the network's size, row-major [H, W], nominally 0..1.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>The network's size.</summary>
    public NetworkSize Size { get; }

    /// <summary>The picture itself, at its own size (RGB, EXIF orientation as <see cref="PredictOptions.Reading"/> says).</summary>
    /// <exception cref="InvalidOperationException"><see cref="PredictOptions.KeepPictures"/> was not set.</exception>
    public PixelImage Picture => _picture ?? throw new InvalidOperationException($"the picture is at hand only with {nameof(PredictOptions)}.{nameof(PredictOptions.KeepPictures)}");

    /// <summary>The alpha at the network's size as a grey picture: truncated to 8 bits.</summary>
    public PixelImage ToNetworkSize()
    {
        PixelImage grey = new(Size.Width, Size.Height, 1);
        Quantise.Truncate(Values, grey.Pixels);
        return grey;
    }

    /// <summary>
    /// The alpha at the picture's own size as a grey picture: truncated to 8 bits, then resized with Pillow's bilinear
    /// filter, the one resize of this toolchain (in Python: <c>Image.fromarray(...).resize(size, BILINEAR)</c>).
    /// </summary>
    public PixelImage ToPictureSize() => Preprocessing.ResizeForNetwork(ToNetworkSize(), _pictureWidth, _pictureHeight);

    /// <summary>An alpha, a cut-out or a composite.</summary>
    /// <param name="options">What is made; null for the alpha at the picture's size.</param>
    /// <returns>1, 4 or 3 channels; with colours also the picture's colour profile.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">A cut-out or a composite, and <see cref="PredictOptions.KeepPictures"/> was not set.</exception>
    public PixelImage ToResult(ResultOptions? options = null)
    {
        options ??= ResultOptions.Default;
        options.Check();
        PixelImage alpha = options.Size == ResultSize.Network ? ToNetworkSize() : ToPictureSize();
        return options.Kind == ResultKind.Alpha ? alpha : options.Make(Picture, alpha);
    }
}
