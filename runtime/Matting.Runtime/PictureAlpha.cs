using Matting.Shared.Imaging;

namespace Matting.Runtime;

/// <summary>The alpha that the network found for one picture. The values live in a buffer that is used again: they are valid only during the call that hands them out.</summary>
public readonly ref struct PictureAlpha
{
    private readonly int _pictureHeight;
    private readonly int _pictureWidth;

    internal PictureAlpha(ReadOnlySpan<float> values, NetworkSize size, int pictureHeight, int pictureWidth)
    {
        Values = values;
        Size = size;
        _pictureHeight = pictureHeight;
        _pictureWidth = pictureWidth;
    }

    /// <summary>Alpha at the network's size, row-major [H, W], nominally 0..1.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>The network's size.</summary>
    public NetworkSize Size { get; }

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
}
