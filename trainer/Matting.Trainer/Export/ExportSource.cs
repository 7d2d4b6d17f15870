using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Export;

/// <summary>A checkpoint with all that an export has to know about it.</summary>
public sealed record ExportSource
{
    // what weights from elsewhere were trained with, unless one says otherwise
    private const string DefaultNetwork = "u2netp";
    private const string DefaultProfile = "imagenet";

    /// <summary>The size of the task's test pictures, at which models are exported and judged that do not say otherwise.</summary>
    public const int DefaultSize = 1024;

    /// <summary>The file with the weights.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The network they belong to.</summary>
    public required string Network { get; init; }

    /// <summary>The normalisation they were trained with.</summary>
    public required string Profile { get; init; }

    /// <summary>Side of the square they were validated at; the default of an export.</summary>
    public required int Size { get; init; }

    /// <summary>Where network and profile are known from: the recipe of the run, or null when they are defaults or were given.</summary>
    public string? Recipe { get; init; }

    /// <summary>The recipe of the run as it ran; null for weights from elsewhere.</summary>
    public Recipe? Settings { get; init; }

    /// <summary>Validation figures of the checkpoint by name; empty when there is no log.</summary>
    public IReadOnlyDictionary<string, double> Validation { get; init; } = new Dictionary<string, double>();

    /// <summary>Finds out what to export.</summary>
    /// <param name="runOrFile">
    /// A run's folder (its newest best checkpoint is taken), a <c>.pth</c> or <c>.safetensors</c> file, or null for the newest experiment that
    /// has a checkpoint.
    /// </param>
    /// <param name="network">The network; null: that of the run's recipe, or u2netp.</param>
    /// <param name="profile">The normalisation; null: that of the run's recipe, or imagenet.</param>
    /// <exception cref="ExportException">There is nothing to export, or what is given contradicts the recipe.</exception>
    public static ExportSource Find(string? runOrFile, string? network = null, string? profile = null)
    {
        string checkpoint = FindCheckpoint(runOrFile);
        RunFolder? run = NetworkCatalogue.Names.Select(name => RunFolder.OfCheckpoint(checkpoint, name)).FirstOrDefault(found => found is not null);
        Recipe? recipe = run is not null && File.Exists(run.RecipePath) ? RecipeFile.Load(run.RecipePath) : null;
        return new ExportSource
        {
            Checkpoint = checkpoint,
            Network = Agree("network", network, recipe?.Network, run?.RecipePath) ?? DefaultNetwork,
            Profile = NormalisationProfile.Get(Agree("profile", profile, recipe?.Profile, run?.RecipePath) ?? DefaultProfile).Name,
            Size = recipe?.Validation.Size ?? DefaultSize,
            Recipe = recipe is null ? null : run!.RecipePath,
            Settings = recipe,
            Validation = run is null ? new Dictionary<string, double>() : TrainingLog.FiguresOf(run.LogPath, Path.GetFileName(checkpoint)),
        };
    }

    private static string FindCheckpoint(string? runOrFile)
    {
        if (runOrFile is null)
        {
            return RunFolder.Experiments(RunFolder.DefaultParent).Select(NewestBest).FirstOrDefault(found => found is not null)
                ?? throw new ExportException($"there is no best checkpoint yet in {RunFolder.DefaultParent}; train first, or name a run or a file");
        }
        if (File.Exists(runOrFile))
            return runOrFile;
        if (!Directory.Exists(runOrFile))
            throw new ExportException($"{runOrFile}: there is no such run or file");
        string names = string.Join(" or ", NetworkCatalogue.Names.Select(name => $"{RunFolder.BestStem(name)}.pth"));
        return NewestBest(runOrFile) ?? throw new ExportException($"{runOrFile}: there is no best checkpoint in it ({names}); no epoch was finished");
    }

    private static string? NewestBest(string folder) => NetworkCatalogue.Names
        .Select(name => CheckpointFamily.Newest(folder, RunFolder.BestStem(name)))
        .OfType<string>()
        .MaxBy(File.GetLastWriteTimeUtc);

    private static string? Agree(string what, string? given, string? known, string? recipe) =>
        given is null || known is null || given == known
            ? given ?? known
            : throw new ExportException($"{what} '{given}' contradicts the run's recipe, which says '{known}' ({recipe})");
}
