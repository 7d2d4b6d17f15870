using System.Text.RegularExpressions;
using Matting.Shared.Imaging;

namespace Matting.Trainer.Preparation;

/// <summary>
/// Makes training pairs of cut-outs (RGBA pictures, such as those of MAGICK), each put over light backgrounds:
/// <code>
/// pairs.csv  train.csv  val.csv      image_path, alpha_path, text
/// images/    alpha/                  their pictures, named as the cut-outs are
/// images_2/  images_3/  ...          more composites of the same cut-outs
/// prepared.jsonl                     what is done, to go on from
/// </code>
/// </summary>
/// <remarks>
/// The pictures of a cut-out depend on it, its name, the seed and nothing else. The CSV files are written last, so a folder that has
/// them is complete. A run that was stopped, in whatever way, goes on when it is started again.
/// </remarks>
public static partial class CutoutPreparation
{
    /// <summary>Prepares what is not prepared yet.</summary>
    /// <param name="options">What and where.</param>
    /// <param name="found">Told how many cut-outs there are, before the first.</param>
    /// <param name="done">Told what became of each cut-out, from any thread, in any order.</param>
    /// <param name="cancellation">Stops between two cut-outs; what is written until then is whole, and a later run goes on from there.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="PreparationException">There are no cut-outs, none is of use, or the folder belongs to something else.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PreparationResult Run(
        PreparationOptions options, Action<int>? found = null, Action<CutoutOutcome>? done = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        IReadOnlyList<Cutout> cutouts = CutoutFolder.List(options.Cutouts, options.Folder);
        CutoutCaptions captions = CutoutCaptions.Find(options.Cutouts);
        found?.Invoke(cutouts.Count);
        using PreparationLedger ledger = PreparationLedger.Open(options);
        DeleteLeftovers(options.Folder);

        CutoutState[] states = new CutoutState[cutouts.Count];
        int sixteenBits = 0;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, cutouts.Count, parallel, i =>
        {
            CutoutOutcome outcome = Prepare(cutouts[i], options, ledger, out bool wide);
            states[i] = outcome.State;
            if (wide)
                Interlocked.Increment(ref sixteenBits);
            done?.Invoke(outcome);
        });

        Cutout[] usable = [.. cutouts.Where((_, i) => states[i] != CutoutState.LeftOut)];
        if (usable.Length == 0)
            throw new PreparationException($"{options.Cutouts}: none of {cutouts.Count} pictures is a cut-out that can be used");
        PreparedSplit split = PreparedSplit.Of(usable, options.Seed, options.ValidationShare);
        Write(PreparedTable.Train, PreparedTable.Rounds(split.Training, options.Backgrounds));
        Write(PreparedTable.Validation, PreparedTable.Rounds(split.Validation, options.Backgrounds));
        Write(PreparedTable.Pairs, PreparedTable.Grouped(usable, options.Backgrounds));
        return new PreparationResult
        {
            Written = states.Count(state => state == CutoutState.Written),
            Kept = states.Count(state => state == CutoutState.Kept),
            LeftOut = cutouts.Count - usable.Length,
            TrainingPairs = split.Training.Count * options.Backgrounds,
            ValidationPairs = split.Validation.Count * options.Backgrounds,
            SixteenBits = sixteenBits,
        };

        void Write(string table, IEnumerable<(Cutout, int)> rows) => PreparedTable.Write(Path.Combine(options.Folder, table), rows, captions);
    }

    private static CutoutOutcome Prepare(Cutout cutout, PreparationOptions options, PreparationLedger ledger, out bool sixteenBits)
    {
        sixteenBits = false;
        if (PreparedNames.ProblemOf(cutout.Identity) is { } problem)
            return new CutoutOutcome(cutout.Path, CutoutState.LeftOut, $"{PreparedNames.Shown(cutout.Path)}: {problem}");
        // before it is read: a change from now on is noticed by the next run
        if (SourceOf(cutout) is not { } source)
            return new CutoutOutcome(cutout.Path, CutoutState.LeftOut, $"{cutout.Path}: there is no such file, or its link leads nowhere");
        if (ledger.Unchanged(cutout, source) is { } entry)
        {
            sixteenBits = entry.SixteenBits;
            return new CutoutOutcome(cutout.Path, CutoutState.Kept);
        }
        if (!CutoutPicture.TryRead(cutout.Path, options.Reading, out CutoutPicture? picture, out string? reason))
            return new CutoutOutcome(cutout.Path, CutoutState.LeftOut, reason);
        Write(PreparedNames.Alpha(cutout.Identity), picture.Alpha);
        for (int number = 0; number < options.Backgrounds; number++)
        {
            LightBackground background = LightBackground.Draw(options.Seed, cutout.Identity, number);
            Write(PreparedNames.Composite(cutout.Identity, number), GreyCompositing.Over(picture.Pixels, background));
        }
        ledger.Add(cutout, source, picture.SixteenBits);
        sixteenBits = picture.SixteenBits;
        return new CutoutOutcome(cutout.Path, CutoutState.Written);

        void Write(string name, PixelImage image) => ImageFile.Write(Path.Combine(options.Folder, name), image);
    }

    /// <summary>The file of a cut-out; behind a link, that which it leads to: size and time of a link say nothing.</summary>
    private static FileInfo? SourceOf(Cutout cutout)
    {
        try
        {
            FileInfo file = new(cutout.Path);
            FileInfo? source = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            return source?.Exists == true ? source : null;
        }
        catch (IOException)
        {
            // links in a circle
            return null;
        }
    }

    /// <summary>A killed process leaves the file it was writing under a name of its own.</summary>
    private static void DeleteLeftovers(string folder)
    {
        EnumerationOptions hidden = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (string file in Directory.EnumerateFiles(folder, ".*.tmp", hidden).Where(file => Leftover().IsMatch(Path.GetFileName(file))))
            File.Delete(file);
    }

    // as AtomicFile names them
    [GeneratedRegex(@"^\..+\.\d+-[0-9a-f]{32}\.tmp$")]
    private static partial Regex Leftover();
}
