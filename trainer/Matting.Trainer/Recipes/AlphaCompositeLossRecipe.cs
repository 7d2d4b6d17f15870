using Matting.Trainer.Configuration;
using Matting.Trainer.Losses;

namespace Matting.Trainer.Recipes;

/// <summary>The squared error, more of it inside the object, slopes, and a clean background; see <see cref="AlphaCompositeLoss"/>.</summary>
public sealed record AlphaCompositeLossRecipe : LossRecipe
{
    private const double HighestWeight = 1000;
    private static readonly AlphaCompositeOptions Defaults = new();

    /// <summary>Weight of the squared error inside the object.</summary>
    public double ObjectWeight { get; init; } = Defaults.ObjectWeight;

    /// <summary>What has a true alpha above this is object, 0 to 1.</summary>
    public double ObjectThreshold { get; init; } = Defaults.ObjectThreshold;

    /// <summary>How much more a pixel inside the object counts for each unit of slope of the true alpha.</summary>
    public double SlopeBoost { get; init; } = Defaults.SlopeBoost;

    /// <summary>Weight of the difference between the slopes of prediction and truth.</summary>
    public double EdgeWeight { get; init; } = Defaults.EdgeWeight;

    /// <summary>Weight of what is predicted on the background.</summary>
    public double BackgroundWeight { get; init; } = Defaults.BackgroundWeight;

    /// <summary>What has a true alpha up to this is background, 0 to 1.</summary>
    public double BackgroundThreshold { get; init; } = Defaults.BackgroundThreshold;

    /// <summary>How much more the part of a background prediction counts that exceeds the haze threshold.</summary>
    public double HazeBoost { get; init; } = Defaults.HazeBoost;

    /// <summary>Predictions on the background above this are haze, 0 to 1.</summary>
    public double HazeThreshold { get; init; } = Defaults.HazeThreshold;

    /// <summary>How much more the squared error over all pixels counts where the object is thin; 0: as everywhere.</summary>
    public double ThinWeight { get; init; } = Defaults.ThinWeight;

    /// <summary>Side of the square that does not fit into what is thin, in pixels, odd.</summary>
    public int ThinSize { get; init; } = Defaults.ThinSize;

    /// <summary>Weight of the Charbonnier error over all pixels; 0: none.</summary>
    public double CharbonnierWeight { get; init; } = Defaults.CharbonnierWeight;

    /// <summary>The error below which the Charbonnier error is round.</summary>
    public double CharbonnierEps { get; init; } = Defaults.CharbonnierEps;

    /// <inheritdoc/>
    public override ILoss Create() => new AlphaCompositeLoss(new AlphaCompositeOptions
    {
        ObjectWeight = ObjectWeight,
        ObjectThreshold = ObjectThreshold,
        SlopeBoost = SlopeBoost,
        EdgeWeight = EdgeWeight,
        BackgroundWeight = BackgroundWeight,
        BackgroundThreshold = BackgroundThreshold,
        HazeBoost = HazeBoost,
        HazeThreshold = HazeThreshold,
        ThinWeight = ThinWeight,
        ThinSize = ThinSize,
        CharbonnierWeight = CharbonnierWeight,
        CharbonnierEps = CharbonnierEps,
    });

    /// <inheritdoc/>
    public override void Check(SettingChecks checks)
    {
        checks.Between(ObjectWeight, 0, HighestWeight);
        checks.Between(ObjectThreshold, 0, 1);
        checks.Between(SlopeBoost, 0, HighestWeight);
        checks.Between(EdgeWeight, 0, HighestWeight);
        checks.Between(BackgroundWeight, 0, HighestWeight);
        checks.Between(BackgroundThreshold, 0, 1);
        checks.Between(HazeBoost, 0, HighestWeight);
        checks.Between(HazeThreshold, 0, 1);
        checks.Between(ThinWeight, 0, HighestWeight);
        checks.Require(ThinSize is >= 3 and <= 255 && ThinSize % 2 == 1, nameof(ThinSize), $"is {ThinSize}, expected an odd number from 3 to 255");
        checks.Between(CharbonnierWeight, 0, HighestWeight);
        checks.Require(CharbonnierEps is >= 1e-6 and <= 1, nameof(CharbonnierEps), "expected 1e-6 to 1");
    }
}
