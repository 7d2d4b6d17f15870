using Matting.Shared.Networks;
using Matting.Trainer.Losses;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Training;

/// <summary>What came out of a training step, of the weights before it.</summary>
/// <param name="Loss">Mean loss of its samples.</param>
/// <param name="Mse">Mean MSE of the prediction over its samples.</param>
/// <param name="Samples">Samples in the step.</param>
public readonly record struct StepResult(double Loss, double Mse, int Samples)
{
    /// <summary>The result of these samples and others together.</summary>
    public StepResult With(StepResult other)
    {
        if (Samples == 0)
            return other;
        int samples = Samples + other.Samples;
        return new StepResult(
            (Loss * Samples + other.Loss * other.Samples) / samples, (Mse * Samples + other.Mse * other.Samples) / samples, samples);
    }
}

/// <summary>
/// One step of training: forward, loss, backward, move the weights. A step may be made of several batches
/// (<see cref="Begin"/>, <see cref="Add"/> for each, <see cref="Move"/>), which needs the memory of one only.
/// </summary>
/// <remarks>
/// What several batches come to is what one large batch would, but for rounding and for what looks at a batch as a whole:
/// batch-norm takes its statistics from each batch alone, and so does a loss that has sums over the batch.
/// </remarks>
/// <param name="network">The network; its statistics and weights change.</param>
/// <param name="loss">What is made small.</param>
/// <param name="optimiser">Moves the weights.</param>
/// <param name="clipNorm">How long all gradients together may be, see <see cref="GradientClipping"/>; null: as long as they are.</param>
/// <param name="scaler">Scales the loss, for gradients in float16; null: it is as it is.</param>
public sealed class TrainingStep(TorchNetwork network, ILoss loss, IOptimiser optimiser, double? clipNorm = null, LossScaler? scaler = null)
{
    /// <summary>Takes a step with one batch.</summary>
    /// <param name="images">Normalised pictures, N x 3 x H x W, on the device of the weights.</param>
    /// <param name="alphas">True alphas in 0..1, N x 1 x H x W, on the same device.</param>
    /// <param name="number">The number of the batch in the run; keys the dropout.</param>
    /// <exception cref="TrainingException">The loss or a gradient is not finite; the weights were not moved.</exception>
    public StepResult Take(torch.Tensor images, torch.Tensor alphas, long number)
    {
        StepResult result = CollectGradients(images, alphas, number);
        Move();
        return result;
    }

    /// <summary>The first half of a step with one batch: after it every trainable parameter has its gradient.</summary>
    /// <inheritdoc cref="Take"/>
    public StepResult CollectGradients(torch.Tensor images, torch.Tensor alphas, long number)
    {
        Begin();
        return Add(images, alphas, number);
    }

    /// <summary>Forgets the gradients of the step before.</summary>
    public void Begin() => optimiser.ZeroGradients();

    /// <summary>Adds the gradients of a batch to those of its step.</summary>
    /// <param name="images">Normalised pictures, N x 3 x H x W, on the device of the weights.</param>
    /// <param name="alphas">True alphas in 0..1, N x 1 x H x W, on the same device.</param>
    /// <param name="number">The number of the batch in the run; keys the dropout.</param>
    /// <param name="share">The batch's share of the samples of its step, in (0, 1].</param>
    /// <exception cref="TrainingException">The loss is not finite; the weights were not moved.</exception>
    public StepResult Add(torch.Tensor images, torch.Tensor alphas, long number, double share = 1)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        NamedOutputs<torch.Tensor> outputs = network.Forward(images, ForwardMode.Training, dropoutKey: number);
        torch.Tensor prediction = outputs[network.Network.PredictionOutput];
        torch.Tensor value = loss.Of(outputs, alphas);
        double finite = value.item<float>();
        if (!double.IsFinite(finite))
            throw new TrainingException($"the loss is {finite}: {TensorRange.Describe(images, alphas, prediction)}");
        double mse = AlphaMetrics.Mse(prediction, alphas);
        double factor = share * (scaler?.Scale ?? 1);
        (factor == 1 ? value : value * factor).backward();
        return new StepResult(finite, mse, (int)images.shape[0]);
    }

    /// <summary>The second half of a step: moves the weights along the gradients that were added up.</summary>
    /// <returns>False: with the scale of the loss the gradients became too large for float16, so the weights stayed where they were.</returns>
    /// <exception cref="TrainingException">Gradients are to be clipped or scaled and are not finite; the weights were not moved.</exception>
    public bool Move()
    {
        if (scaler is not null && !scaler.Unscale(network.Parameters.Trainable))
            return false;
        if (clipNorm is double norm)
            GradientClipping.Clip(network.Parameters.Trainable, norm);
        optimiser.Step();
        return true;
    }
}
