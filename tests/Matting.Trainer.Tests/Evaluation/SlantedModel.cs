using Matting.Shared.Imaging;
using Matting.Trainer.Evaluation;

namespace Matting.Trainer.Tests.Evaluation;

/// <summary>A model that can be worked out by hand: 0.6 red plus 0.4 from left to right, which a mirror does not leave alone.</summary>
internal sealed class SlantedModel : IEvaluatedModel
{
    public List<(int Batch, int Height, int Width)> Runs { get; } = [];

    /// <summary>Called before each run with its number.</summary>
    public Action<int> Before { get; init; } = _ => { };

    /// <summary>A value in place of the first one of each run; null: none.</summary>
    public float? FirstValue { get; init; }

    public string Name => "slanted.pth";

    public string Network => "slant";

    public string Engine => "a test";

    public NormalisationProfile Profile => NormalisationProfile.Unit;

    public void Run(ReadOnlySpan<float> imagesNchw, int batch, int height, int width, Span<float> alphas01, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Before(Runs.Count);
        Runs.Add((batch, height, width));
        for (int i = 0; i < batch; i++)
            Predict(imagesNchw.Slice(3 * i * height * width, height * width), width, alphas01.Slice(i * height * width, height * width));
        if (FirstValue is float value)
            alphas01[0] = value;
    }

    public static void Predict(ReadOnlySpan<float> red, int width, Span<float> alpha)
    {
        for (int i = 0; i < alpha.Length; i++)
            alpha[i] = (0.6f * red[i]) + (0.4f * (i % width) / width);
    }

    public void Dispose()
    {
    }
}
