using System.Runtime.Intrinsics;

namespace Matting.Trainer.Torch.Functions;

/// <summary>
/// Bilinear resampling of one picture whose channels lie side by side ([height, width, channels]), and its transpose. Rows are
/// independent of one another: what a row holds does not depend on how many threads there are.
/// </summary>
internal static unsafe class UpsampleKernels
{
    /// <summary>Numbers in a vector; channels come in multiples of it.</summary>
    public const int Lanes = 16;

    /// <summary>Makes one row of the larger picture.</summary>
    /// <param name="source">The smaller picture.</param>
    /// <param name="target">Receives the row.</param>
    /// <param name="blended">Room for a row of the smaller picture.</param>
    /// <param name="row">Which row, from 0.</param>
    /// <param name="down">Weights of the rows.</param>
    /// <param name="across">Weights of the columns.</param>
    /// <param name="channels">A multiple of <see cref="Lanes"/>.</param>
    public static void Forward<T, TElements>(T* source, T* target, float* blended, int row, UpsampleTaps down, UpsampleTaps across, int channels)
        where T : unmanaged
        where TElements : IElements<T>
    {
        // rows first: there are fewer numbers to blend before the row has become longer
        int width = across.Inputs;
        T* first = source + (nint)down.First[row] * width * channels, second = source + (nint)down.Second[row] * width * channels;
        Vector512<float> fraction = Vector512.Create(down.Fraction[row]), rest = Vector512.Create(1 - down.Fraction[row]);
        for (int i = 0; i < width * channels; i += Lanes)
            (TElements.Load(first + i) * rest + TElements.Load(second + i) * fraction).Store(blended + i);

        for (int column = 0; column < across.First.Length; column++, target += channels)
        {
            float* left = blended + across.First[column] * channels, right = blended + across.Second[column] * channels;
            fraction = Vector512.Create(across.Fraction[column]);
            rest = Vector512.Create(1 - across.Fraction[column]);
            for (int i = 0; i < channels; i += Lanes)
                TElements.Store(Vector512.Load(left + i) * rest + Vector512.Load(right + i) * fraction, target + i);
        }
    }

    /// <summary>Makes one row of the smaller picture's gradient.</summary>
    /// <param name="source">The gradient of the larger picture.</param>
    /// <param name="target">Receives the row.</param>
    /// <param name="gathered">Room for a row of the larger picture.</param>
    /// <param name="row">Which row, from 0.</param>
    /// <param name="down">Weights of the rows.</param>
    /// <param name="across">Weights of the columns.</param>
    /// <param name="channels">A multiple of <see cref="Lanes"/>.</param>
    public static void Backward<T, TElements>(T* source, T* target, float* gathered, int row, UpsampleTaps down, UpsampleTaps across, int channels)
        where T : unmanaged
        where TElements : IElements<T>
    {
        int width = across.First.Length;
        ReadOnlySpan<int> rows = down.OutputsOf(row);
        ReadOnlySpan<float> weights = down.WeightsOf(row);
        for (int i = 0; i < width * channels; i += Lanes)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (int k = 0; k < rows.Length; k++)
                sum += TElements.Load(source + (nint)rows[k] * width * channels + i) * Vector512.Create(weights[k]);
            sum.Store(gathered + i);
        }

        for (int column = 0; column < across.Inputs; column++, target += channels)
        {
            ReadOnlySpan<int> columns = across.OutputsOf(column);
            weights = across.WeightsOf(column);
            for (int i = 0; i < channels; i += Lanes)
            {
                Vector512<float> sum = Vector512<float>.Zero;
                for (int k = 0; k < columns.Length; k++)
                    sum += Vector512.Load(gathered + (nint)columns[k] * channels + i) * Vector512.Create(weights[k]);
                TElements.Store(sum, target + i);
            }
        }
    }
}
