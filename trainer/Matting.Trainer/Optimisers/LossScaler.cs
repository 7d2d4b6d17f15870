using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Torch;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Trainer.Optimisers;

/// <summary>Settings of a <see cref="LossScaler"/>; the defaults are those of PyTorch's <c>GradScaler</c>.</summary>
public sealed record LossScalerOptions
{
    /// <summary>What the loss is multiplied by at first.</summary>
    public double InitialScale { get; init; } = 65536;

    /// <summary>What the scale is multiplied by after <see cref="GrowthInterval"/> good steps.</summary>
    public double Growth { get; init; } = 2;

    /// <summary>What it is multiplied by after a step whose gradients did not fit.</summary>
    public double Backoff { get; init; } = 0.5;

    /// <summary>Good steps in a row before the scale grows.</summary>
    public int GrowthInterval { get; init; } = 2000;
}

/// <summary>
/// Dynamic loss scaling (Micikevicius et al. 2018, "Mixed Precision Training"): gradients in float16 vanish below 6e-8, so the loss is
/// multiplied by a large number and the gradients are divided by it; when they become too large for float16 the step is left out and the
/// number halved.
/// </summary>
/// <param name="options">How the scale moves; null: as PyTorch's.</param>
public sealed class LossScaler(LossScalerOptions? options = null) : IResumable
{
    private const string ScaleKey = "scale";
    private const string GoodStepsKey = "growth_tracker";

    private readonly LossScalerOptions _options = options ?? new LossScalerOptions();
    private long _goodSteps;

    /// <summary>What the loss of the next step is multiplied by.</summary>
    public double Scale { get; private set; } = (options ?? new LossScalerOptions()).InitialScale;

    /// <summary>Divides gradients by the scale, and moves the scale.</summary>
    /// <param name="parameters">Those without a gradient do not count.</param>
    /// <returns>False: a gradient is not finite, and the step must be left out.</returns>
    /// <exception cref="TrainingException">Gradients are not finite although the loss is hardly scaled: it is not the scale's fault.</exception>
    public bool Unscale(IReadOnlyList<NamedParameter> parameters)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (NamedParameter parameter in parameters)
            parameter.Value.grad?.mul_(1 / Scale);
        if (double.IsFinite(GradientNorm.Of(parameters)))
        {
            if (++_goodSteps == _options.GrowthInterval)
                (Scale, _goodSteps) = (Scale * _options.Growth, 0);
            return true;
        }
        (Scale, _goodSteps) = (Scale * _options.Backoff, 0);
        if (Scale < 1)
            throw new TrainingException("the gradients are not finite, with whatever scale of the loss; a lower learning rate or precision bf16 or fp32 may help");
        return false;
    }

    /// <inheritdoc/>
    public PickleDict Save() => new() { { ScaleKey, Scale }, { GoodStepsKey, _goodSteps } };

    /// <inheritdoc/>
    public void Load(PickleDict saved, string file)
    {
        SavedValues values = new(saved, file);
        (Scale, _goodSteps) = (values.Number(ScaleKey), values.Count(GoodStepsKey));
    }
}
