using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Training.Resuming;

/// <summary>
/// The state file of a run: a tree that Python's <c>torch.load</c> reads, with <c>model_state</c> and <c>optimizer_state</c> in PyTorch's
/// layout. It holds no times, paths or process numbers: the same run at the same place gives the same bytes.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="Root">Its content.</param>
/// <param name="Origin">What the run began with.</param>
internal sealed record RunState(string File, PickleDict Root, RunOrigin Origin)
{
    private const string FormatKey = "format";
    private const string Format = "matting-run-state-1";
    private const string RecipeKey = "recipe";
    private const string SamplesKey = "samples";
    private const string TrainKey = "train";
    private const string ValKey = "val";
    private const string MachineKey = "machine";
    private const string RngKey = "rng";
    private const string ProgressKey = "progress";

    /// <summary>Reads a state file as a whole; a damaged one is refused.</summary>
    /// <exception cref="WeightsFormatException">It is damaged, or no state of a run.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RunState Read(string path)
    {
        PickleDict root = PthFile.Read(path).Root as PickleDict
            ?? throw new WeightsFormatException(path, WeightsFormatError.BadValue, "is not the state of a run");
        if (!root.TryGetValue(FormatKey, out PickleValue? format) || format is not PickleString { Value: Format })
            throw new WeightsFormatException(path, WeightsFormatError.BadValue, $"is not the state of a run: its {FormatKey} is not '{Format}'");
        SavedValues values = new(root, path), samples = values.Inner(SamplesKey);
        Dictionary<string, string> machine = values.Dict(MachineKey)
            .ToDictionary(entry => (entry.Key as PickleString)?.Value ?? "", entry => (entry.Value as PickleString)?.Value ?? "");
        RunOrigin origin = new(
            values.Text(RecipeKey), SampleFingerprint.Read(samples.Inner(TrainKey)), SampleFingerprint.Read(samples.Inner(ValKey)), machine);
        return new RunState(path, root, origin);
    }

    /// <summary>Writes a state; the file is whole at every moment.</summary>
    /// <param name="path">The file; an earlier state is replaced in one move.</param>
    /// <param name="origin">What the run began with.</param>
    /// <param name="seed">The key of everything random.</param>
    /// <param name="model">What is trained.</param>
    /// <param name="progress">Where the run is, between two steps.</param>
    /// <exception cref="IOException">The disk refuses; the earlier state is still there.</exception>
    public static void Write(string path, RunOrigin origin, long seed, RunModel model, RunProgress progress)
    {
        PickleDict machine = new();
        foreach ((string name, string value) in origin.Machine)
            machine.Add(name, value);
        PickleDict root = new()
        {
            { FormatKey, Format },
            { RecipeKey, origin.Recipe },
            { SamplesKey, new PickleDict { { TrainKey, origin.Train.Save() }, { ValKey, origin.Val.Save() } } },
            { MachineKey, machine },
            // everything random derives from these: there is no generator whose inner state would have to be kept
            { RngKey, new PickleDict { { "seed", seed }, { "epoch", progress.Epoch }, { "batch", progress.Sums.Batches } } },
            { ProgressKey, progress.Save() },
        };
        model.SaveInto(root);
        PthFile.Write(path, root);
    }

    /// <summary>Where the run was.</summary>
    /// <param name="folder">Where its files are.</param>
    /// <exception cref="WeightsFormatException">It does not say.</exception>
    public RunProgress Progress(RunFolder folder) => RunProgress.Read(new SavedValues(Root, File).Inner(ProgressKey), folder);

    /// <summary>The recipe the run began with.</summary>
    /// <exception cref="SettingsException">It is not one that this version knows.</exception>
    public Recipe Recipe() => RecipeFile.Parse(Origin.Recipe, $"{File}, its recipe");
}
