namespace Matting.Trainer.Export;

/// <summary>
/// Runs ONNX models, for the comparison of an export. This library does not know any ONNX engine: the
/// command line, which may, brings one.
/// </summary>
public interface IOnnxRunner
{
    /// <summary>Opens a model.</summary>
    /// <param name="model">The bytes of the file.</param>
    /// <returns>A session; the caller disposes it.</returns>
    IOnnxSession Open(ReadOnlyMemory<byte> model);
}

/// <summary>An opened ONNX model.</summary>
public interface IOnnxSession : IDisposable
{
    /// <summary>The engine with its version and the provider in use, for people.</summary>
    string Engine { get; }

    /// <summary>Runs the model.</summary>
    /// <param name="imagesNchw">Normalised pictures, [batch, 3, height, width].</param>
    /// <param name="batch">Number of pictures.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="alphas01">Receives the alphas, [batch, 1, height, width].</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Run(ReadOnlySpan<float> imagesNchw, int batch, int height, int width, Span<float> alphas01, CancellationToken cancellation);
}
