using System.Buffers;

namespace Matting.Shared.Imaging.Foreground;

/// <summary>The planes of one channel at one level: alpha, picture, foreground and background, all 0..1 and row-major. Used from 1x1 upwards, channel after channel.</summary>
internal sealed class LevelPlanes : IDisposable
{
    private readonly LevelSize _whole;
    private readonly float[] _wholeAlpha;
    private readonly float[] _wholeImage;
    private readonly float[] _sampledAlpha;
    private readonly float[] _sampledImage;
    private readonly float[] _foreground;
    private readonly float[] _background;
    private readonly float[] _below;
    private readonly int[] _columns;
    private LevelSize _size;
    private int _channel;

    public LevelPlanes(PixelImage rgb, PixelImage grey)
    {
        _whole = new LevelSize(rgb.Width, rgb.Height);
        int below = LevelSize.Below(rgb.Width, rgb.Height).Pixels;
        _wholeAlpha = ArrayPool<float>.Shared.Rent(_whole.Pixels);
        _wholeImage = ArrayPool<float>.Shared.Rent(3 * _whole.Pixels);
        _sampledAlpha = ArrayPool<float>.Shared.Rent(below);
        _sampledImage = ArrayPool<float>.Shared.Rent(below);
        _foreground = ArrayPool<float>.Shared.Rent(_whole.Pixels);
        _background = ArrayPool<float>.Shared.Rent(_whole.Pixels);
        _below = ArrayPool<float>.Shared.Rent(below);
        _columns = ArrayPool<int>.Shared.Rent(rgb.Width);
        Preprocessing.AlphaToUnit(grey, _wholeAlpha.AsSpan(0, _whole.Pixels));
        Preprocessing.ToNchw(rgb, NormalisationProfile.Unit, _wholeImage.AsSpan(0, 3 * _whole.Pixels));
    }

    // the last level is the whole picture: nothing is sampled for it
    private ReadOnlySpan<float> Alpha => (_size == _whole ? _wholeAlpha : _sampledAlpha).AsSpan(0, _size.Pixels);

    private ReadOnlySpan<float> Image => _size == _whole ? Channel(_channel) : _sampledImage.AsSpan(0, _size.Pixels);

    /// <summary>Begins a channel below its first level with one colour each.</summary>
    public void Start(int channel, float foreground, float background)
    {
        (_channel, _size) = (channel, new LevelSize(1, 1));
        (_foreground[0], _background[0]) = (foreground, background);
    }

    /// <summary>Goes up a level: samples picture and alpha at its size, and what was found so far, each with the nearest neighbour.</summary>
    public void Enter(LevelSize size)
    {
        Enlarge(_foreground, size);
        Enlarge(_background, size);
        _size = size;
        if (size == _whole)
            return;
        NearestSampling.Columns(_whole.Width, size.Width, _columns);
        NearestSampling.Plane(_wholeAlpha, _whole, _columns, size, _sampledAlpha);
        NearestSampling.Plane(Channel(_channel), _whole, _columns, size, _sampledImage);
    }

    /// <summary>Solves every pixel once for its present neighbours: first one colour of the chessboard, then the other.</summary>
    public void Sweep(ForegroundOptions options)
    {
        ReadOnlySpan<float> alpha = Alpha, image = Image;
        for (int colour = 0; colour < 2; colour++)
        {
            for (int y = 0; y < _size.Height; y++)
            {
                int width = _size.Width, row = y * width, up = y > 0 ? row - width : row, down = y < _size.Height - 1 ? row + width : row;
                SolverRow solver = new()
                {
                    Image = image.Slice(row, width),
                    AlphaUp = alpha.Slice(up, width),
                    Alpha = alpha.Slice(row, width),
                    AlphaDown = alpha.Slice(down, width),
                    Foreground = new(_foreground.AsSpan(up, width), _foreground.AsSpan(row, width), _foreground.AsSpan(down, width)),
                    Background = new(_background.AsSpan(up, width), _background.AsSpan(row, width), _background.AsSpan(down, width)),
                    Regularisation = options.Regularisation,
                    GradientWeight = options.GradientWeight,
                };
                solver.Solve((y + colour) & 1);
            }
        }
    }

    /// <summary>Ends a channel after the last level: keeps its foreground, and where the picture is opaque the picture's own.</summary>
    public void Finish() => ForegroundKernels.KeepWhereOpaque(_wholeAlpha.AsSpan(0, _whole.Pixels), _foreground, Channel(_channel));

    /// <summary>Writes the foreground of all three channels, rounded.</summary>
    public void WriteForeground(PixelImage result) => ForegroundKernels.Interleave(Channel(0), Channel(1), Channel(2), result.Pixels);

    public void Dispose()
    {
        foreach (float[] plane in (float[][])[_wholeAlpha, _wholeImage, _sampledAlpha, _sampledImage, _foreground, _background, _below])
            ArrayPool<float>.Shared.Return(plane);
        ArrayPool<int>.Shared.Return(_columns);
    }

    private Span<float> Channel(int channel) => _wholeImage.AsSpan(channel * _whole.Pixels, _whole.Pixels);

    private void Enlarge(float[] plane, LevelSize size)
    {
        if (size == _size)
            return;
        plane.AsSpan(0, _size.Pixels).CopyTo(_below);
        NearestSampling.Columns(_size.Width, size.Width, _columns);
        NearestSampling.Plane(_below, _size, _columns, size, plane);
    }
}
