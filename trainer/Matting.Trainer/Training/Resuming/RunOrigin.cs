using System.Globalization;
using Matting.Trainer.Configuration;
using Matting.Trainer.Data;
using Matting.Trainer.Recipes;
using Matting.Trainer.Torch;

namespace Matting.Trainer.Training.Resuming;

/// <summary>
/// What a run began with: part of its state file, so that it goes on with nothing else.
/// </summary>
/// <param name="Recipe">The recipe as it is written, without the folder, which may be moved.</param>
/// <param name="Train">The training table.</param>
/// <param name="Val">The validation table.</param>
/// <param name="Machine">Device, threads and tensor library by name: what may change roundings.</param>
internal sealed record RunOrigin(string Recipe, SampleFingerprint Train, SampleFingerprint Val, IReadOnlyDictionary<string, string> Machine)
{
    /// <summary>What a run, or the rest of one, begins with.</summary>
    public static RunOrigin Of(Recipe recipe, IReadOnlyList<SampleTable> tables, RunMachine machine) => new(
        SettingWriter.Write(recipe with { Output = null }),
        SampleFingerprint.Of(tables[0]),
        SampleFingerprint.Of(tables[1]),
        new Dictionary<string, string>
        {
            ["device"] = recipe.Machine.Device,
            ["threads"] = machine.Threads.ToString(CultureInfo.InvariantCulture),
            ["compute"] = machine.Compute.ToString(),
            ["engine"] = TorchDevice.Engine,
        });

    /// <summary>What of the machine is another than before, one line for people; nothing when it is the same.</summary>
    public IEnumerable<string> DifferencesTo(RunOrigin now)
    {
        string[] others = [.. now.Machine.Where(item => Machine.GetValueOrDefault(item.Key) != item.Value)
            .Select(item => $"{item.Key} was {Machine.GetValueOrDefault(item.Key) ?? "not told"}, is {item.Value}")];
        if (others.Length > 0)
            yield return $"the last digits may differ from a run that never stopped: {string.Join("; ", others)}";
    }
}
