using Matting.Trainer.Augmentation;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Recipes;

/// <summary>How samples are varied, in the order of the keys; drawn anew for each sample of each epoch.</summary>
public sealed record AugmentRecipe : ISettingsSection
{
    /// <summary>The shorter side that pictures get first (Pillow's bilinear), drawn between two numbers of pixels; null: they keep their size.</summary>
    public NumberPair? Resize { get; init; }

    /// <summary>Side of the square that is cut out, in pixels, at least 64; a smaller picture is first scaled up to fit.</summary>
    public int Crop { get; init; } = 512;

    /// <summary>Probability of a left-right flip, 0 to 1.</summary>
    public double Flip { get; init; } = 0.5;

    /// <summary>Rotation of picture and alpha.</summary>
    public RotationSettings Rotate { get; init; } = new();

    /// <summary>Brightness, contrast and saturation of the picture.</summary>
    public ColourSettings Colour { get; init; } = new();

    /// <summary>The alpha made dense, by the picture as it has become.</summary>
    public XraySettings Xray { get; init; } = new();

    /// <summary>The same for the samples.</summary>
    public AugmentationOptions ToOptions() => new() { Resize = Resize, Crop = Crop, Flip = Flip, Rotate = Rotate, Colour = Colour, Xray = Xray };

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        if (Resize is { } range)
            checks.Range(range, Crop, 8192, nameof(Resize));
        checks.Between(Crop, 64, 8192);
        checks.Between(Flip, 0, 1);
    }
}
