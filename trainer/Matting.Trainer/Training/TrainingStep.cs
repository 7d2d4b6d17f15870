using Matting.Shared.Networks;
using Matting.Trainer.Losses;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Training;

/// <summary>What came out of a training step, of the weights before it.</summary>
/// <param name="Loss">Mean loss of the batch.</param>
/// <param name="Mse">Mean MSE of the prediction over the batch.</param>
/// <param name="Samples">Samples in the batch.</param>
public readonly record struct StepResult(double Loss, double Mse, int Samples);

/// <summary>One step of training: forward, loss, backward, move the weights.</summary>
/// <param name="network">The network; its statistics and weights change.</param>
/// <param name="loss">What is made small.</param>
/// <param name="optimiser">Moves the weights.</param>
public sealed class TrainingStep(TorchNetwork network, ILoss loss, IOptimiser optimiser)
{
    /// <summary>Takes a step.</summary>
    /// <param name="images">Normalised pictures, N x 3 x H x W, on the device of the weights.</param>
    /// <param name="alphas">True alphas in 0..1, N x 1 x H x W, on the same device.</param>
    /// <param name="number">The number of the step in the run; keys the dropout.</param>
    /// <exception cref="TrainingException">The loss is not finite; the weights were not moved.</exception>
    public StepResult Take(torch.Tensor images, torch.Tensor alphas, long number)
    {
        StepResult result = CollectGradients(images, alphas, number);
        optimiser.Step();
        return result;
    }

    /// <summary>The first half of a step: after it every trainable parameter has its gradient.</summary>
    /// <inheritdoc cref="Take"/>
    public StepResult CollectGradients(torch.Tensor images, torch.Tensor alphas, long number)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        optimiser.ZeroGradients();
        NamedOutputs<torch.Tensor> outputs = network.Forward(images, ForwardMode.Training, dropoutKey: number);
        torch.Tensor prediction = outputs[network.Network.PredictionOutput];
        torch.Tensor value = loss.Of(outputs, alphas);
        double finite = value.item<float>();
        if (!double.IsFinite(finite))
            throw new TrainingException($"the loss is {finite}: {TensorRange.Describe(images, alphas, prediction)}");
        double mse = AlphaMetrics.Mse(prediction, alphas);
        value.backward();
        return new StepResult(finite, mse, (int)images.shape[0]);
    }
}
