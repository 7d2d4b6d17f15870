using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Recipes;

/// <summary>Everything that decides what a training run does; two runs of one recipe give the same bytes.</summary>
public sealed record Recipe : ISettingsSection
{
    /// <summary>Where the run's files go; null: the next free <c>outputs/experiments/exp_NNN</c>.</summary>
    public string? Output { get; init; }

    /// <summary>The key of everything random: initial weights, order of the samples, crops, flips, dropout.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>The network, by its name in the catalogue.</summary>
    public string Network { get; init; } = "u2netp";

    /// <summary>A <c>.pth</c> or <c>.safetensors</c> file to start from (every name must fit), or <c>random</c>.</summary>
    public string Init { get; init; } = RandomInit;

    /// <summary>How pixels become numbers: the normalisation profile, by name.</summary>
    public string Profile { get; init; } = "imagenet";

    /// <summary>How often the training data is gone through.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>Samples that go through the network at once.</summary>
    public int Batch { get; init; } = 4;

    /// <summary>Batches in a training step: their gradients are added up to those of one large batch.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>What is trained on.</summary>
    public DataRecipe Data { get; init; } = new();

    /// <summary>How training samples are varied.</summary>
    public AugmentRecipe Augment { get; init; } = new();

    /// <summary>How the network is judged after each epoch.</summary>
    public ValidationRecipe Validation { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public LossRecipe Loss { get; init; } = new MseL1LossRecipe();

    /// <summary>How the weights move.</summary>
    public OptimiserRecipe Optimiser { get; init; } = new AdamWRecipe();

    /// <summary>How the learning rate changes over the run.</summary>
    public ScheduleRecipe Schedule { get; init; } = new ConstantScheduleRecipe();

    /// <summary>The moving average of the weights.</summary>
    public EmaRecipe Ema { get; init; } = new();

    /// <summary>Pictures to look at.</summary>
    public PicturesRecipe Pictures { get; init; } = new();

    /// <summary>How often the state is saved.</summary>
    public SaveRecipe Save { get; init; } = new();

    /// <summary>What of the machine is used; nothing here changes what is learnt, beyond rounding.</summary>
    public MachineRecipe Machine { get; init; } = new();

    /// <summary>Where the run is written down for MLflow.</summary>
    public MlflowRecipe Mlflow { get; init; } = new();

    /// <summary>The value of <see cref="Init"/> that draws the weights instead of loading them.</summary>
    public const string RandomInit = "random";

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        checks.Require(Output is not "", nameof(Output), "is empty; leave it out for the next free exp_NNN");
        checks.OneOf(Network, NetworkCatalogue.Names);
        checks.Require(Init.Length > 0, nameof(Init), $"is empty, expected a file or '{RandomInit}'");
        checks.OneOf(Profile, NormalisationProfile.Known.Select(profile => profile.Name));
        checks.Between(Epochs, 1, 1_000_000);
        checks.Between(Batch, 1, 65_536);
        checks.Between(Accumulate, 1, 65_536);
    }
}
