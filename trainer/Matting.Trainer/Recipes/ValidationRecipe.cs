using Matting.Trainer.Configuration;

namespace Matting.Trainer.Recipes;

/// <summary>How the network is judged after each epoch.</summary>
public sealed record ValidationRecipe : ISettingsSection
{
    /// <summary>Side of the square that pictures are resized to (Pillow's bilinear), in pixels.</summary>
    public int Size { get; init; } = 1024;

    /// <summary>Samples judged at once; more need more memory and change nothing else.</summary>
    public int Batch { get; init; } = 1;

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        checks.Between(Size, 32, 8192);
        checks.Between(Batch, 1, 65_536);
    }
}
