using Matting.Shared.Imaging;

namespace Matting.Trainer.Evaluation;

/// <summary>
/// A model that is judged, whatever runs it. Checkpoints run in Torch (<see cref="TorchEvaluatedModel"/>); this library does
/// not know any ONNX engine: the command line, which may, brings one.
/// </summary>
public interface IEvaluatedModel : IDisposable
{
    /// <summary>The file.</summary>
    string Name { get; }

    /// <summary>The network, for people.</summary>
    string Network { get; }

    /// <summary>The engine with its version and where it runs, for people.</summary>
    string Engine { get; }

    /// <summary>The normalisation of its input.</summary>
    NormalisationProfile Profile { get; }

    /// <summary>Runs the model.</summary>
    /// <param name="imagesNchw">Normalised pictures, [batch, 3, height, width].</param>
    /// <param name="batch">Number of pictures.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="alphas01">Receives the alphas, [batch, 1, height, width].</param>
    /// <param name="stop">Stops the run where the engine can.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Run(ReadOnlySpan<float> imagesNchw, int batch, int height, int width, Span<float> alphas01, CancellationToken stop);
}
