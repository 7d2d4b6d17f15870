using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Trainer.Evaluation;

namespace Matting.Trainer.Cli;

/// <summary>An ONNX file, judged through the runtime library as its users run it.</summary>
internal sealed class OnnxEvaluatedModel(MattingModel model) : IEvaluatedModel
{
    public string Name => model.Name;

    public string Network => model.Card?.Network ?? "foreign model";

    public string Engine => $"ONNX Runtime {model.RuntimeVersion} ({model.Provider}) on {model.Device}";

    public NormalisationProfile Profile => model.Profile;

    public void Run(ReadOnlySpan<float> imagesNchw, int batch, int height, int width, Span<float> alphas01, CancellationToken stop) =>
        model.Run(imagesNchw, batch, height, width, alphas01, stop);

    public void Dispose() => model.Dispose();
}
