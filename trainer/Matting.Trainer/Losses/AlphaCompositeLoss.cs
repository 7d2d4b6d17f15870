using Matting.Shared.Networks;
using TorchSharp;

namespace Matting.Trainer.Losses;

/// <summary>The loss of the matting pipeline: the squared error, and more of it where alphas are hard to get right.</summary>
/// <remarks>
/// The mean over all outputs p of the network of the sum of these terms, g being the true alpha, obj = g > .1, b = g &lt;= .05, and
/// sobel(x) = sqrt(gx^2 + gy^2 + 1e-6); numbers are the defaults of <see cref="AlphaCompositeOptions"/>:
/// <list type="bullet">
/// <item>mean((p - g)^2 (1 + 0 thin)), thin = obj minus its erosion by a square of 15 pixels;</item>
/// <item>0.8 times the mean over the samples of sum((p - g)^2 (1 + 2 sobel(g)) obj) / (sum(obj) + 1e-6);</item>
/// <item>0.1 mean(|sobel(p) - sobel(g)|);</item>
/// <item>0.5 sum((p^2 + 2 relu(p - .02)^2) b) / (sum(b) + 1e-6), the sums going over the whole batch;</item>
/// <item>0 mean(sqrt((p - g)^2 + eps^2)), eps = 1e-3: the Charbonnier error, a rounded absolute error.</item>
/// </list>
/// A term whose weight is 0 costs nothing. The background term shares its sum among all samples of a batch, so the mean of
/// the losses of two half batches is not quite that of the whole.
/// </remarks>
/// <param name="options">Weights and thresholds; null: the defaults.</param>
public sealed class AlphaCompositeLoss(AlphaCompositeOptions? options = null) : ILoss
{
    private readonly AlphaCompositeOptions _options = options ?? new AlphaCompositeOptions();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An output has another shape than the target.</exception>
    public torch.Tensor Of(NamedOutputs<torch.Tensor> outputs, torch.Tensor target)
    {
        foreach ((string name, torch.Tensor output) in outputs)
        {
            if (!output.shape.AsSpan().SequenceEqual(target.shape))
                throw new ArgumentException($"output {name} is {Shape(output)}, the target {Shape(target)}", nameof(outputs));
        }

        using DisposeScope scope = torch.NewDisposeScope();
        CompositeTargets maps = CompositeTargets.Of(target, _options);
        // all outputs one after another: each operation runs once over all of them, and the maps of the target are repeated for free
        torch.Tensor all = torch.cat([.. outputs.Values]);
        torch.Tensor predictions = all.view([outputs.Count, .. target.shape]);
        torch.Tensor targets = target.expand_as(predictions);

        torch.Tensor squares = torch.nn.functional.mse_loss(predictions, targets, torch.nn.Reduction.None);
        torch.Tensor total = (squares * maps.SquareWeight).sum();
        if (_options.EdgeWeight != 0)
        {
            torch.Tensor slopes = SobelSlope.Of(all).view_as(predictions);
            // of all outputs: times their number, because the sum of their means is wanted here
            total += torch.nn.functional.l1_loss(slopes, maps.Slope!.expand_as(predictions)) * (_options.EdgeWeight * outputs.Count);
        }
        if (maps.BackgroundWeight is { } background)
        {
            torch.Tensor haze = (predictions - _options.HazeThreshold).relu_();
            total += (predictions.square().addcmul_(haze, haze, _options.HazeBoost) * background).sum();
        }
        if (_options.CharbonnierWeight != 0)
        {
            double square = _options.CharbonnierEps * _options.CharbonnierEps;
            total += squares.add(square).sqrt_().mean() * (_options.CharbonnierWeight * outputs.Count);
        }
        return (total / outputs.Count).MoveToOuterDisposeScope();
    }

    private static string Shape(torch.Tensor tensor) => string.Join(" x ", tensor.shape);
}
