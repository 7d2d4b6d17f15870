using Matting.Trainer.Configuration;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Torch;

namespace Matting.Trainer.Recipes;

/// <summary>The optimiser, chosen by its <c>name</c>.</summary>
[SettingVariant("adamw", typeof(AdamWRecipe))]
[SettingVariant("adam", typeof(AdamRecipe))]
public abstract record OptimiserRecipe : ISettingsSection
{
    /// <summary>The learning rate at the start, above 0 and at most 10.</summary>
    public double Lr { get; init; } = 5e-5;

    /// <summary>How much of the running mean and of the running square each step keeps, each in [0, 1).</summary>
    public NumberPair Betas { get; init; } = new(0.9, 0.999);

    /// <summary>Added to the root of the running square, against division by nothing.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>Pull of the weights towards zero.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>How long all gradients together may be before they are scaled down; null: as long as they are.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Makes the optimiser of the trainable parameters.</summary>
    public abstract IOptimiser Create(IReadOnlyList<NamedParameter> parameters);

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        checks.Above(Lr, 0);
        checks.Require(Lr <= 10, nameof(Lr), "is more than 10, with which nothing was ever learnt");
        checks.Require(Betas is { First: >= 0 and < 1, Second: >= 0 and < 1 }, nameof(Betas), "expected two numbers in [0, 1)");
        checks.Above(Eps, 0);
        checks.Between(WeightDecay, 0, 1000);
        if (ClipNorm is double norm)
            checks.Above(norm, 0, nameof(ClipNorm));
    }
}

/// <summary>Adam with the weight decay beside the gradient (Loshchilov and Hutter 2019).</summary>
public sealed record AdamWRecipe : OptimiserRecipe
{
    /// <inheritdoc/>
    public override IOptimiser Create(IReadOnlyList<NamedParameter> parameters) =>
        new Adam(parameters, new AdamOptions { Lr = Lr, Beta1 = Betas.First, Beta2 = Betas.Second, Eps = Eps, WeightDecay = WeightDecay, Decoupled = true });
}

/// <summary>Adam with the weight decay in the gradient (Kingma and Ba 2015, with an L2 penalty).</summary>
public sealed record AdamRecipe : OptimiserRecipe
{
    /// <inheritdoc/>
    public override IOptimiser Create(IReadOnlyList<NamedParameter> parameters) =>
        new Adam(parameters, new AdamOptions { Lr = Lr, Beta1 = Betas.First, Beta2 = Betas.Second, Eps = Eps, WeightDecay = WeightDecay, Decoupled = false });
}
