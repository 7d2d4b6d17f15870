using System.Globalization;
using Matting.Shared.Files;
using Matting.Shared.Weights;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Training;

/// <summary>
/// Where the files of a run go. Several runs may share a folder: each takes the next number for all its files
/// (<c>recipe.yaml</c>, <c>log.csv</c>, <c>state.pth</c>, <c>u2netp_best.pth</c>, then <c>recipe_2.yaml</c>, ...), so that nothing of an earlier one is
/// ever overwritten.
/// </summary>
public sealed class RunFolder
{
    /// <summary>Where runs go that are not told where.</summary>
    public const string DefaultParent = "outputs/experiments";

    private const string RecipeStem = "recipe";
    private const string LogStem = "log";
    private const string StateStem = "state";
    private const string EnvironmentStem = "environment";

    private RunFolder(string path, string network, int number)
    {
        (Folder, Number) = (path, number);
        RecipePath = Numbered(path, RecipeStem, number, ".yaml");
        LogPath = Numbered(path, LogStem, number, ".csv");
        EventsPath = Numbered(path, LogStem, number, ".jsonl");
        StatePath = Numbered(path, StateStem, number, ".pth");
        EnvironmentPath = Numbered(path, EnvironmentStem, number, ".json");
        PicturesPath = Numbered(path, "pictures", number, "");
        BestPath = Numbered(path, BestStem(network), number, ".pth");
        BestEmaPath = Numbered(path, BestEmaStem(network), number, ".pth");
    }

    /// <summary>The folder, a full path.</summary>
    public string Folder { get; }

    /// <summary>Which run of this folder it is, from 1.</summary>
    public int Number { get; }

    /// <summary>The recipe with every setting that the run used.</summary>
    public string RecipePath { get; }

    /// <summary>One row for each epoch.</summary>
    public string LogPath { get; }

    /// <summary>One JSON object a line for each step and each epoch.</summary>
    public string EventsPath { get; }

    /// <summary>What the run goes on from when it is resumed.</summary>
    public string StatePath { get; }

    /// <summary>The versions and the machine that the run was made with.</summary>
    public string EnvironmentPath { get; }

    /// <summary>The folder of pictures of the run; there only when the recipe asked for some.</summary>
    public string PicturesPath { get; }

    /// <summary>The weights of the epoch with the lowest validation MSE.</summary>
    public string BestPath { get; }

    /// <summary>The averaged weights of the epoch in which they had their lowest validation MSE, where the recipe asks for them.</summary>
    public string BestEmaPath { get; }

    /// <summary>The name of the best averaged checkpoint of a network without number and extension.</summary>
    public static string BestEmaStem(string network) => BestStem(network) + "_ema";

    /// <summary>The name of a network's best checkpoint without number and extension.</summary>
    public static string BestStem(string network) => network + "_best";

    /// <summary>Takes a folder and a number for a new run and writes its recipe there.</summary>
    /// <param name="recipe">The recipe as it will run; its output decides the folder, and is filled in.</param>
    /// <param name="parent">Where folders are numbered when the recipe names none; null: <see cref="DefaultParent"/>.</param>
    /// <exception cref="IOException">The folder cannot be written to, or is a file.</exception>
    public static RunFolder Claim(Recipe recipe, string? parent = null)
    {
        if (File.Exists(recipe.Output))
            throw new IOException($"{recipe.Output}: is a file, expected a folder for the run");
        while (true)
        {
            string folder = Path.GetFullPath(recipe.Output ?? NextExperiment(parent ?? DefaultParent));
            RunFolder run = new(folder, recipe.Network, NextNumber(folder, recipe.Network));
            try
            {
                RecipeFile.Write(run.RecipePath, recipe with { Output = folder });
                return run;
            }
            catch (IOException) when (File.Exists(run.RecipePath))
            {
                // another run was faster; the next number is free
            }
        }
    }

    /// <summary>A run that exists.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="number">Which run of the folder it is, from 1.</param>
    /// <param name="network">The network of its recipe.</param>
    public static RunFolder Of(string folder, int number, string network) => new(Path.GetFullPath(folder), network, number);

    /// <summary>The number of the newest run of a folder; null when there is none.</summary>
    public static int? Newest(string folder) => new[]
    {
        CheckpointFamily.Newest(folder, RecipeStem, ".yaml") is { } recipe ? NumberOf(recipe, RecipeStem, ".yaml") : null,
        CheckpointFamily.Newest(folder, StateStem) is { } state ? NumberOf(state, StateStem, ".pth") : null,
    }.Max();

    /// <summary>The number of the run that a state file belongs to; null when it is not named like one.</summary>
    public static int? NumberOfState(string path) => NumberOf(path, StateStem, ".pth");

    /// <summary>The run of a folder that a best checkpoint belongs to.</summary>
    /// <param name="checkpoint">For instance <c>RUN/u2netp_best_2.pth</c> or <c>RUN/u2netp_best_ema_2.pth</c>.</param>
    /// <param name="network">The network in its name.</param>
    /// <returns>Null when the file is not named like a best checkpoint of the network.</returns>
    public static RunFolder? OfCheckpoint(string checkpoint, string network)
    {
        string full = Path.GetFullPath(checkpoint);
        int? number = NumberOf(full, BestStem(network), ".pth") ?? NumberOf(full, BestEmaStem(network), ".pth");
        return number is int known ? new RunFolder(Path.GetDirectoryName(full)!, network, known) : null;
    }

    /// <summary>The experiment folders of a parent, the newest (the highest number) first.</summary>
    public static IEnumerable<string> Experiments(string parent) => Numbers(parent)
        .OrderDescending().Select(number => Path.Combine(parent, ExperimentName(number)));

    /// <summary>Deletes what a run that was killed left of files it was writing, beside them.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void RemoveAbandoned()
    {
        foreach (string file in new[] { RecipePath, LogPath, EventsPath, StatePath, EnvironmentPath, BestPath, BestEmaPath })
            AtomicFile.RemoveAbandoned(file);
    }

    private static string NextExperiment(string parent) =>
        Path.Combine(parent, ExperimentName(Numbers(parent).DefaultIfEmpty(0).Max() + 1));

    private static string ExperimentName(int number) => string.Create(CultureInfo.InvariantCulture, $"exp_{number:000}");

    private static IEnumerable<int> Numbers(string parent) => !Directory.Exists(parent) ? [] :
        from folder in Directory.EnumerateDirectories(parent, "exp_*")
        let digits = Path.GetFileName(folder)["exp_".Length..]
        where int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        let number = int.Parse(digits, CultureInfo.InvariantCulture)
        where ExperimentName(number) == Path.GetFileName(folder)
        select number;

    private static int NextNumber(string folder, string network) => new[]
    {
        NumberOf(CheckpointFamily.NextPath(folder, RecipeStem, ".yaml"), RecipeStem, ".yaml"),
        NumberOf(CheckpointFamily.NextPath(folder, LogStem, ".csv"), LogStem, ".csv"),
        NumberOf(CheckpointFamily.NextPath(folder, LogStem, ".jsonl"), LogStem, ".jsonl"),
        NumberOf(CheckpointFamily.NextPath(folder, StateStem), StateStem, ".pth"),
        NumberOf(CheckpointFamily.NextPath(folder, EnvironmentStem, ".json"), EnvironmentStem, ".json"),
        NumberOf(CheckpointFamily.NextPath(folder, BestStem(network)), BestStem(network), ".pth"),
        NumberOf(CheckpointFamily.NextPath(folder, BestEmaStem(network)), BestEmaStem(network), ".pth"),
    }.Max()!.Value;

    private static int? NumberOf(string path, string stem, string extension)
    {
        string name = Path.GetFileName(path);
        if (name == stem + extension)
            return 1;
        if (!name.StartsWith(stem + "_", StringComparison.Ordinal) || !name.EndsWith(extension, StringComparison.Ordinal))
            return null;
        string digits = name[(stem.Length + 1)..^extension.Length];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 2 ? number : null;
    }

    private static string Numbered(string folder, string stem, int number, string extension) =>
        Path.Combine(folder, number == 1 ? stem + extension : string.Create(CultureInfo.InvariantCulture, $"{stem}_{number}{extension}"));
}
