using Matting.Trainer.Configuration;
using Matting.Trainer.Losses;

namespace Matting.Trainer.Recipes;

/// <summary>The loss, chosen by its <c>name</c>.</summary>
[SettingVariant("mse-l1", typeof(MseL1LossRecipe))]
[SettingVariant("alpha-composite", typeof(AlphaCompositeLossRecipe))]
public abstract record LossRecipe : ISettingsSection
{
    /// <summary>Makes the loss.</summary>
    public abstract ILoss Create();

    /// <inheritdoc/>
    public abstract void Check(SettingChecks checks);
}

/// <summary>Mean over the outputs of the squared error plus a share of the absolute error.</summary>
public sealed record MseL1LossRecipe : LossRecipe
{
    /// <summary>Weight of the mean absolute error beside the mean squared error.</summary>
    public double L1Weight { get; init; } = 0.5;

    /// <inheritdoc/>
    public override ILoss Create() => new MseL1Loss(L1Weight);

    /// <inheritdoc/>
    public override void Check(SettingChecks checks) => checks.Between(L1Weight, 0, 1000);
}
