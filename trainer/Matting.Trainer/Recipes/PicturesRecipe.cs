using Matting.Trainer.Configuration;
using Matting.Trainer.Pictures;

namespace Matting.Trainer.Recipes;

/// <summary>Pictures that a run leaves for people to look at; nothing here changes what is learnt.</summary>
public sealed record PicturesRecipe : ISettingsSection
{
    /// <summary>
    /// The epochs whose first training batch is shown as the network sees it (image, alpha, histogram): <c>none</c>, <c>first</c>,
    /// <c>all</c> or <c>every N</c>.
    /// </summary>
    public string TrainBatch { get; init; } = "first";

    /// <summary>
    /// The epochs after which validation samples are shown (image, truth, prediction, difference): as for the training batch, or
    /// <c>best</c>, which is each epoch that saved a best checkpoint.
    /// </summary>
    public string Validation { get; init; } = "best";

    /// <summary>Samples in a picture: those the batch begins with, those at the top of the validation CSV.</summary>
    public int Samples { get; init; } = 4;

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        checks.Require(EpochChoice.Parse(TrainBatch) is { Best: false }, nameof(TrainBatch),
            $"'{TrainBatch}' is no choice of epochs, expected none, first, all or every N (for instance every 5)");
        checks.Require(EpochChoice.Parse(Validation) is not null, nameof(Validation),
            $"'{Validation}' is no choice of epochs, expected none, first, best, all or every N (for instance every 5)");
        checks.Between(Samples, 1, 16);
    }
}
