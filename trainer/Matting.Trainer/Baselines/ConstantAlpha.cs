namespace Matting.Trainer.Baselines;

/// <summary>The simplest prediction: one alpha everywhere.</summary>
/// <param name="Alpha">That alpha, 0..1.</param>
public sealed record ConstantAlpha(double Alpha)
{
    /// <summary>The constant with the smallest mean squared error: the mean of the pictures' mean alphas.</summary>
    internal static ConstantAlpha Fit(LumaAlphaHistogram pictures) => new(pictures.MeanAlpha);

    /// <summary>Mean over the pictures of (c − α)² = c² − 2c·mean(α) + mean(α²).</summary>
    internal double Mse(LumaAlphaHistogram pictures) =>
        Alpha * Alpha - 2 * Alpha * pictures.MeanAlpha + pictures.MeanSquaredAlpha;
}
