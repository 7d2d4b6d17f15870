using TorchSharp;

namespace Matting.Trainer.Losses;

/// <summary>
/// What <see cref="AlphaCompositeLoss"/> needs to know of a batch's true alphas. None of it depends on a prediction, so it is made
/// once, however many outputs are judged by it; the tensors belong to the dispose scope of the caller.
/// </summary>
/// <param name="Slope">The slope of the true alpha; null when no term asks for it.</param>
/// <param name="SquareWeight">What each pixel's squared error counts, N x 1 x H x W: all terms with a squared error in one map.</param>
/// <param name="BackgroundWeight">What each pixel's background prediction counts; null when the term is left out.</param>
internal sealed record CompositeTargets(torch.Tensor? Slope, torch.Tensor SquareWeight, torch.Tensor? BackgroundWeight)
{
    // keeps the mean over nothing at zero
    private const double Nothing = 1e-6;

    /// <summary>Makes the maps.</summary>
    /// <param name="target">True alphas, N x 1 x H x W.</param>
    /// <param name="options">Weights and thresholds.</param>
    public static CompositeTargets Of(torch.Tensor target, AlphaCompositeOptions options)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        bool sloped = options.EdgeWeight != 0 || (options.ObjectWeight != 0 && options.SlopeBoost != 0);
        torch.Tensor? slope = sloped ? SobelSlope.Of(target) : null;
        torch.Tensor? background = options.BackgroundWeight == 0 ? null : Background(target, options);
        return new CompositeTargets(
            slope?.MoveToOuterDisposeScope(),
            Square(target, slope, options).MoveToOuterDisposeScope(),
            background?.MoveToOuterDisposeScope());
    }

    // (1 + thin) / pixels  +  weight / samples * (1 + boost * slope) * obj / (sum of the sample's obj)
    private static torch.Tensor Square(torch.Tensor target, torch.Tensor? slope, AlphaCompositeOptions options)
    {
        torch.Tensor obj = target.gt(options.ObjectThreshold).to(target.dtype);
        torch.Tensor weight = torch.full_like(target, 1.0 / target.numel());
        if (options.ThinWeight != 0)
            weight.add_(ThinMap.Of(obj, options.ThinSize), options.ThinWeight / target.numel());
        if (options.ObjectWeight == 0)
            return weight;
        torch.Tensor share = obj / obj.sum([1, 2, 3], keepdim: true).add_(Nothing);
        if (options.SlopeBoost != 0)
            share.mul_(slope!.mul(options.SlopeBoost).add_(1));
        return weight.add_(share, options.ObjectWeight / target.shape[0]);
    }

    // weight * b / (sum of the batch's b)
    private static torch.Tensor Background(torch.Tensor target, AlphaCompositeOptions options)
    {
        torch.Tensor background = target.le(options.BackgroundThreshold).to(target.dtype);
        return background.div_(background.sum().add_(Nothing)).mul_(options.BackgroundWeight);
    }
}
