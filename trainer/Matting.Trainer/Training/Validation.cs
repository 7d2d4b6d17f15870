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
    /// <param name="wanted">How many samples, from the first on, <paramref name="judged"/> gets.</param>
    /// <param name="judged">Gets samples with their predictions.</param>
    /// <param name="progress">Told after each batch how many samples it had.</param>
    /// <param name="stop">Ends it between two batches.</param>
    /// <exception cref="TrainingException">The MSE is not finite.</exception>
    public static double Mse(
        TorchNetwork network, BatchLoader loader, int wanted, Action<JudgedSample> judged, Action<int> progress, CancellationToken stop)
    {
        double sum = 0;
        int first = 0;
        foreach (Batch batch in loader.Epoch(SampleOrder.Sequential(loader.SampleCount), epoch: 0, stop))
        {
            using DisposeScope scope = torch.NewDisposeScope();
            BatchTensors tensors = BatchTensors.Of(batch, network.Parameters.Device);
            torch.Tensor prediction = network.Forward(tensors.Images, ForwardMode.Evaluation)[network.Network.PredictionOutput];
            double mse = AlphaMetrics.Mse(prediction, tensors.Alphas);
            if (!double.IsFinite(mse))
                throw new TrainingException($"the validation MSE is {mse}: {TensorRange.Describe(tensors.Images, tensors.Alphas, prediction)}");
            sum += mse * batch.Count;
            if (first < wanted)
                HandOut(batch, TensorMemory.ToFloats(prediction), first, wanted, judged);
            first += batch.Count;
            progress(batch.Count);
        }
        return sum / loader.SampleCount;
    }

    private static void HandOut(Batch batch, ReadOnlySpan<float> predictions, int first, int wanted, Action<JudgedSample> judged)
    {
        int pixels = batch.Size * batch.Size;
        for (int i = 0; i < batch.Count && first + i < wanted; i++)
        {
            judged(new JudgedSample
            {
                Index = first + i,
                Size = batch.Size,
                Image = batch.Images.Slice(3 * i * pixels, 3 * pixels).ToArray(),
                Alpha = batch.Alphas.Slice(i * pixels, pixels).ToArray(),
                Prediction = predictions.Slice(i * pixels, pixels).ToArray(),
            });
        }
    }
}
