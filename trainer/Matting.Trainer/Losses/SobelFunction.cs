using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Matting.Trainer.Losses;

/// <summary>
/// <see cref="SobelSlope"/> on the CPU in one pass forward and one back. As a convolution from one channel to two it is what vectorised
/// convolutions are worst at, and would take more time than the rest of the loss together.
/// </summary>
internal sealed class SobelFunction : torch.autograd.SingleTensorFunction<SobelFunction>
{
    private const string Flat = "flat";

    // rows that a thread takes at a time; a band needs two rows of its neighbours as well
    private const int Band = 64;

    /// <inheritdoc/>
    public override string Name => "SobelSlope";

    /// <summary>sqrt(gx^2 + gy^2 + flat).</summary>
    /// <param name="pictures">float32 in the memory of the CPU, N x 1 x H x W.</param>
    /// <param name="flat">Keeps the root's derivative finite.</param>
    public static torch.Tensor Of(torch.Tensor pictures, float flat) => apply(pictures, flat);

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        torch.Tensor pictures = ((torch.Tensor)vars[0]).contiguous(), slopes = torch.empty_like(pictures);
        ctx.save_for_backward([pictures]);
        ctx.save_data(Flat, vars[1]);
        Run(pictures, null, slopes, (float)vars[1]);
        return slopes;
    }

    /// <inheritdoc/>
    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        torch.Tensor pictures = ctx.get_saved_variables()[0], result = torch.empty_like(pictures);
        Run(pictures, grad_output.contiguous(), result, (float)ctx.get_data(Flat));
        return [result, null!];
    }

    private static unsafe void Run(torch.Tensor pictures, torch.Tensor? gradient, torch.Tensor target, float flat)
    {
        int height = (int)pictures.shape[2], width = (int)pictures.shape[3], bands = (height + Band - 1) / Band;
        ParallelOptions threads = new() { MaxDegreeOfParallelism = torch.get_num_threads() };
        for (long sample = 0; sample < pictures.shape[0]; sample++)
        {
            using torch.Tensor picture = pictures[sample], into = target[sample];
            using torch.Tensor? slopeGradient = gradient?[sample];
            nint from = Address(picture), to = Address(into), back = slopeGradient is null ? 0 : Address(slopeGradient);
            Parallel.For(0, bands, threads, band =>
            {
                int first = band * Band, end = Math.Min(height, first + Band);
                SobelBand rows = new(new ReadOnlySpan<float>((float*)from, height * width), width, flat);
                Span<float> output = new((float*)to, height * width);
                if (back == 0)
                    rows.Slopes(first, end, output);
                else
                    rows.Gradients(first, end, new ReadOnlySpan<float>((float*)back, height * width), output);
                rows.Dispose();
            });
        }
    }

    // memory of libtorch stays where it is while its tensor lives
    private static unsafe nint Address(torch.Tensor tensor) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}

/// <summary>Some neighbouring rows of one picture, with the scratch memory they need.</summary>
internal readonly ref struct SobelBand
{
    private readonly ReadOnlySpan<float> _picture;
    private readonly int _width;
    private readonly float _flat;
    private readonly float[] _room;

    public SobelBand(ReadOnlySpan<float> picture, int width, float flat)
    {
        (_width, _flat) = (width, flat);
        _picture = picture;
        _room = ArrayPool<float>.Shared.Rent(9 * SobelRows.Padded(width));
    }

    private int Height => _picture.Length / _width;

    public void Slopes(int first, int end, Span<float> slopes)
    {
        for (int row = first; row < end; row++)
        {
            Combine(row);
            SobelRows.Slope(Scratch(0), Scratch(1), _flat, slopes.Slice(row * _width, _width));
        }
    }

    // a ring of three rows of both gradients goes down the picture
    public void Gradients(int first, int end, ReadOnlySpan<float> slopeGradient, Span<float> result)
    {
        SlopeGradients(first - 1, slopeGradient);
        SlopeGradients(first, slopeGradient);
        for (int row = first; row < end; row++)
        {
            SlopeGradients(row + 1, slopeGradient);
            SobelRows.Combine(Across(row - 1), Across(row), Across(row + 1), Scratch(0), Scratch(2));
            SobelRows.Combine(Down(row - 1), Down(row), Down(row + 1), Scratch(2), Scratch(1));
            SobelRows.Transpose(Scratch(0), Scratch(1), result.Slice(row * _width, _width));
        }
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_room);

    private void SlopeGradients(int row, ReadOnlySpan<float> slopeGradient)
    {
        if (row < 0 || row >= Height)
        {
            Across(row).Clear();
            Down(row).Clear();
            return;
        }
        Combine(row);
        SobelRows.SlopeGradients(Scratch(0), Scratch(1), _flat, slopeGradient.Slice(row * _width, _width), Across(row), Down(row));
    }

    private void Combine(int row)
    {
        Span<float> nothing = Scratch(2)[.._width];
        nothing.Clear();
        SobelRows.Combine(row > 0 ? Row(row - 1) : nothing, Row(row), row + 1 < Height ? Row(row + 1) : nothing, Scratch(0), Scratch(1));
    }

    private ReadOnlySpan<float> Row(int row) => _picture.Slice(row * _width, _width);

    private Span<float> Scratch(int number) => _room.AsSpan(number * SobelRows.Padded(_width), SobelRows.Padded(_width));

    private Span<float> Across(int row) => Scratch(3 + (row + 3) % 3)[.._width];

    private Span<float> Down(int row) => Scratch(6 + (row + 3) % 3)[.._width];
}
