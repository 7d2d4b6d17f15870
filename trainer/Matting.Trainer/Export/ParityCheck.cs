using Matting.Shared.Onnx;
using Matting.Shared.Onnx.Parity;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Export;

/// <summary>Runs Torch and an ONNX engine on the same inputs and measures how far they are apart.</summary>
public static class ParityCheck
{
    /// <summary>Compares the predictions.</summary>
    /// <param name="network">The network in Torch.</param>
    /// <param name="session">The exported model.</param>
    /// <param name="inputs">What both are run on.</param>
    /// <param name="cancellation">Stops between the runs, and ONNX Runtime's at its next node.</param>
    /// <returns>The largest and the mean absolute difference over all values of all inputs.</returns>
    /// <exception cref="ExportException">An output is not a number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ModelVerification Compare(
        TorchNetwork network, IOnnxSession session, IEnumerable<ParityInput> inputs, CancellationToken cancellation = default)
    {
        ParityMeasure measure = new();
        foreach (ParityInput input in inputs)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] expected = Predict(network, input);
            float[] actual = new float[expected.Length];
            session.Run(input.ImagesNchw, input.Batch, input.Height, input.Width, actual, cancellation);
            if (!measure.Add(expected, actual))
                throw new ExportException($"an output is not a number at {input.Height}x{input.Width}");
        }
        return measure.Result;
    }

    private static float[] Predict(TorchNetwork network, ParityInput input)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor images = TensorMemory.FromFloats(
            input.ImagesNchw, [input.Batch, 3, input.Height, input.Width], network.Parameters.Device);
        return TensorMemory.ToFloats(network.Forward(images, ForwardMode.Evaluation)[network.Network.PredictionOutput]);
    }
}
