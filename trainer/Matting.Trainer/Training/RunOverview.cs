using Matting.Shared.Networks;
using Matting.Trainer.Recipes;
using Matting.Trainer.Torch;

namespace Matting.Trainer.Training;

/// <summary>What a run is about to do, for people.</summary>
public sealed record RunOverview
{
    /// <summary>Where the run's files go.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The network and its size.</summary>
    public required string Network { get; init; }

    /// <summary>Numbers that are trained.</summary>
    public required long Parameters { get; init; }

    /// <summary>Where the weights come from.</summary>
    public required string Init { get; init; }

    /// <summary>The device in use.</summary>
    public required string Device { get; init; }

    /// <summary>Threads of the tensor library.</summary>
    public required int Threads { get; init; }

    /// <summary>Precision and memory format.</summary>
    public required string Compute { get; init; }

    /// <summary>What holds for freed memory.</summary>
    public required string Allocator { get; init; }

    /// <summary>The tensor library and its version.</summary>
    public required string Engine { get; init; }

    /// <summary>Training samples.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Validation samples.</summary>
    public required int ValSamples { get; init; }

    /// <summary>How often each of them is judged after an epoch: once, or twice when there are averaged weights as well.</summary>
    public int Validations { get; init; } = 1;

    /// <summary>Epochs of the whole run.</summary>
    public required int Epochs { get; init; }

    /// <summary>Training steps in an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>True when the run goes on from where an earlier process left it.</summary>
    public bool Resumed { get; init; }

    /// <summary>The epochs that were over before; none for a new run. They have no times.</summary>
    public IReadOnlyList<EpochReport> History { get; init; } = [];

    /// <summary>Training steps that were taken before.</summary>
    public long StepsDone { get; init; }

    /// <summary>Training samples that were trained on before, all epochs together.</summary>
    public long SamplesDone { get; init; }

    internal static RunOverview Of(
        Recipe recipe, RunMachine machine, RunData data, RunModel model, RunFolder folder, RunProgress progress, bool resumed) => new()
    {
        Folder = folder,
        Network = model.Definition.Name,
        Parameters = NetworkCost.Of(model.Definition, recipe.Augment.Crop, recipe.Augment.Crop).Parameters,
        Init = recipe.Init,
        Device = recipe.Machine.Device,
        Threads = machine.Threads,
        Compute = machine.Compute.ToString(),
        Allocator = machine.Allocator,
        Engine = TorchDevice.Engine,
        TrainSamples = data.Train.SampleCount,
        ValSamples = data.Val.SampleCount,
        Validations = model.Averaged is null ? 1 : 2,
        Epochs = recipe.Epochs,
        StepsPerEpoch = data.Plan.Steps,
        Resumed = resumed,
        History = [.. progress.History],
        StepsDone = progress.Steps,
        SamplesDone = (long)progress.EpochsDone * data.Train.SampleCount + progress.Sums.Samples,
    };
}
