using System.Buffers;

namespace Matting.Shared.Imaging.Foreground;

/// <summary>The planes of one channel at one level: alpha, picture, foreground and background, all 0..1 and row-major. Used from 1x1 upwards, channel after channel.</summary>
internal sealed class LevelPlanes : IDisposable
{
    private readonly PixelImage _rgb;
    private readonly PixelImage _grey;
    private readonly float[] _alpha;
    private readonly float[] _image;
    private readonly float[] _foreground;
    private readonly float[] _background;
    private readonly float[] _below;
    private readonly int[] _columns;
    private LevelSize _size;

    public LevelPlanes(PixelImage rgb, PixelImage grey)
    {
        (_rgb, _grey) = (rgb, grey);
        int pixels = rgb.Width * rgb.Height;
        _alpha = ArrayPool<float>.Shared.Rent(pixels);
        _image = ArrayPool<float>.Shared.Rent(pixels);
        _foreground = ArrayPool<float>.Shared.Rent(pixels);
        _background = ArrayPool<float>.Shared.Rent(pixels);
        _below = ArrayPool<float>.Shared.Rent(LevelSize.Below(rgb.Width, rgb.Height).Pixels);
        _columns = ArrayPool<int>.Shared.Rent(rgb.Width);
    }

    /// <summary>Begins a channel below its first level with one colour each.</summary>
    public void Start(float foreground, float background)
    {
        _size = new LevelSize(1, 1);
        (_foreground[0], _background[0]) = (foreground, background);
    }

    /// <summary>Goes up a level: samples picture and alpha at its size, and what was found so far, each with the nearest neighbour.</summary>
    public void Enter(LevelSize size, int channel)
    {
        Enlarge(_foreground, size);
        Enlarge(_background, size);
        NearestSampling.Columns(_rgb.Width, size.Width, _columns);
        for (int y = 0; y < size.Height; y++)
        {
            int source = NearestSampling.At(y, _rgb.Height, size.Height);
            NearestSampling.Levels(_grey.Row(source), 1, _columns, _alpha.AsSpan(y * size.Width, size.Width));
            NearestSampling.Levels(_rgb.Row(source)[channel..], 3, _columns, _image.AsSpan(y * size.Width, size.Width));
        }
        _size = size;
    }

    /// <summary>Solves every pixel once for its present neighbours: first one colour of the chessboard, then the other.</summary>
    public void Sweep(ForegroundOptions options)
    {
        for (int colour = 0; colour < 2; colour++)
        {
            for (int y = 0; y < _size.Height; y++)
            {
                int width = _size.Width, row = y * width, up = y > 0 ? row - width : row, down = y < _size.Height - 1 ? row + width : row;
                SolverRow solver = new()
                {
                    Image = _image.AsSpan(row, width),
                    Alpha = new(_alpha.AsSpan(up, width), _alpha.AsSpan(row, width), _alpha.AsSpan(down, width)),
                    Foreground = new(_foreground.AsSpan(up, width), _foreground.AsSpan(row, width), _foreground.AsSpan(down, width)),
                    Background = new(_background.AsSpan(up, width), _background.AsSpan(row, width), _background.AsSpan(down, width)),
                    Regularisation = options.Regularisation,
                    GradientWeight = options.GradientWeight,
                };
                solver.Solve((y + colour) & 1);
            }
        }
    }

    /// <summary>Writes a channel of the result, rounded; where the picture is opaque, the picture's own.</summary>
    public void WriteForeground(int channel, PixelImage result)
    {
        ReadOnlySpan<byte> alpha = _grey.Pixels, source = _rgb.Pixels;
        Span<byte> target = result.Pixels;
        for (int i = 0, at = channel; i < alpha.Length; i++, at += 3)
            target[at] = alpha[i] == 255 ? source[at] : (byte)((_foreground[i] * 255f) + 0.5f);
    }

    public void Dispose()
    {
        foreach (float[] plane in (float[][])[_alpha, _image, _foreground, _background, _below])
            ArrayPool<float>.Shared.Return(plane);
        ArrayPool<int>.Shared.Return(_columns);
    }

    private void Enlarge(float[] plane, LevelSize size)
    {
        if (size == _size)
            return;
        plane.AsSpan(0, _size.Pixels).CopyTo(_below);
        NearestSampling.Columns(_size.Width, size.Width, _columns);
        for (int y = 0; y < size.Height; y++)
        {
            int source = NearestSampling.At(y, _size.Height, size.Height) * _size.Width;
            NearestSampling.Values(_below.AsSpan(source, _size.Width), _columns, plane.AsSpan(y * size.Width, size.Width));
        }
    }
}
