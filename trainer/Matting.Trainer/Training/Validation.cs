using Matting.Trainer.Data;
using Matting.Trainer.Losses;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Training;

/// <summary>Judges a network on samples it does not learn from.</summary>
internal static class Validation
{
    /// <summary>The mean MSE per sample, in evaluation mode.</summary>
    /// <param name="network">The network; it does not change.</param>
    /// <param name="loader">The samples.</param>
    /// <param name="progress">Told after each batch how many samples it had.</param>
    /// <param name="stop">Ends it between two batches.</param>
    /// <exception cref="TrainingException">The MSE is not finite.</exception>
    public static double Mse(TorchNetwork network, BatchLoader loader, Action<int> progress, CancellationToken stop)
    {
        double sum = 0;
        foreach (Batch batch in loader.Epoch(SampleOrder.Sequential(loader.SampleCount), epoch: 0, stop))
        {
            using DisposeScope scope = torch.NewDisposeScope();
            BatchTensors tensors = BatchTensors.Of(batch, network.Parameters.Device);
            torch.Tensor prediction = network.Forward(tensors.Images, ForwardMode.Evaluation)[network.Network.PredictionOutput];
            double mse = AlphaMetrics.Mse(prediction, tensors.Alphas);
            if (!double.IsFinite(mse))
                throw new TrainingException($"the validation MSE is {mse}: {TensorRange.Describe(tensors.Images, tensors.Alphas, prediction)}");
            sum += mse * batch.Count;
            progress(batch.Count);
        }
        return sum / loader.SampleCount;
    }
}
