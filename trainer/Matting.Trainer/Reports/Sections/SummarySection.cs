using System.Globalization;
using Matting.Shared.Html;
using Matting.Shared.Networks;
using Matting.Trainer.Recipes;
using Matting.Trainer.Reports.Charts;
using Matting.Trainer.Reports.Logs;

namespace Matting.Trainer.Reports.Sections;

/// <summary>What a run was, and what came out of it, at a glance.</summary>
internal static class SummarySection
{
    private const int CommitDigits = 12;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter page, RunHistory run)
    {
        page.Write($"""<section aria-label="Summary"><ul class="figures">""");
        foreach ((string figure, string of, string detail) in Figures(run))
            page.Write($"""<li><b>{figure}</b><span>{of}</span><small>{detail}</small></li>""");
        page.Write($"</ul>");
        page.Write($"""<dl class="facts">""");
        foreach ((string name, string? value) in Facts(run))
        {
            if (!string.IsNullOrEmpty(value))
                page.Write($"<div><dt>{name}</dt><dd>{value}</dd></div>");
        }
        page.Write($"</dl></section>");
    }

    /// <summary>How far the run is.</summary>
    public static string State(RunHistory run)
    {
        int done = run.Epochs.Count, all = run.Recipe.Epochs;
        if (done >= all)
            return $"complete: {Epochs(all)}";
        string step = run.Steps.Count > 0 && run.Steps[^1].Epoch > done ? $", now in epoch {run.Steps[^1].Epoch}" : "";
        return $"{done} of {Epochs(all)}{step}: under way, or stopped";
    }

    private static IEnumerable<(string Figure, string Of, string Detail)> Figures(RunHistory run)
    {
        if (run.Best is { ValMse: double best } epoch)
            yield return (best.ToString("0.000000", CultureInfo.InvariantCulture), "best validation MSE", $"epoch {epoch.Epoch}{Checkpoint(epoch)}");
        if (run.Epochs.Where(one => one.EmaValMse is not null).MinBy(one => one.EmaValMse) is { EmaValMse: double average } averaged)
            yield return (average.ToString("0.000000", CultureInfo.InvariantCulture), "best validation MSE, averaged weights", $"epoch {averaged.Epoch}");
        string still = run.Epochs.Count < run.Recipe.Epochs ? " so far" : "";
        yield return ($"{run.Epochs.Count} / {run.Recipe.Epochs}", $"epochs{still}", run.Steps.Count > 0 ? $"{run.Steps[^1].Step.ToString("N0", CultureInfo.InvariantCulture)} steps" : "");
        double seconds = run.Epochs.Sum(one => one.Seconds ?? 0);
        if (seconds > 0)
            yield return (Duration(seconds), $"training time{still}", "without validation");
        if (Mean(run, epoch => epoch.SamplesPerSecond) is double rate)
            yield return (ChartNumber.Value(rate), "images a second", Mean(run, epoch => epoch.DataWaitShare) is double waiting
                ? $"{(100 * waiting).ToString("0.0", CultureInfo.InvariantCulture)} % of the time waiting for data" : "");
        if (run.Epochs.Max(one => one.PeakMemoryMib) is double memory)
            yield return (memory >= 1024 ? $"{(memory / 1024).ToString("0.0", CultureInfo.InvariantCulture)} GiB" : $"{memory.ToString("0", CultureInfo.InvariantCulture)} MiB", "memory at most", "");
    }

    private static IEnumerable<(string Name, string? Value)> Facts(RunHistory run)
    {
        Recipe recipe = run.Recipe;
        long parameters = NetworkCost.Of(NetworkCatalogue.Create(recipe.Network), recipe.Augment.Crop, recipe.Augment.Crop).Parameters;
        yield return ("Network", $"{recipe.Network}, {parameters.ToString("N0", CultureInfo.InvariantCulture)} parameters");
        yield return ("Started from", recipe.Init == Recipe.RandomInit ? "random weights" : recipe.Init);
        yield return ("Training data", recipe.Data.Train);
        yield return ("Validation data", recipe.Data.Val);
        yield return ("Folder", run.Folder.Folder);
        yield return ("Started", run.EnvironmentValue("started")?.Replace('T', ' '));
        int resumed = run.Environment.Count(pair => pair.Key.StartsWith("resumed.", StringComparison.Ordinal) && pair.Key.EndsWith(".started", StringComparison.Ordinal));
        yield return ("Resumed", resumed switch { 0 => null, 1 => "once", _ => $"{resumed} times" });
        yield return ("Last written", run.LastWritten?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        string? processor = run.EnvironmentValue("cpu") is { } cpu && recipe.Machine.Device == "cpu" ? $" ({cpu})" : "";
        yield return ("Device", $"{recipe.Machine.Device}{processor}");
        yield return ("Threads", run.EnvironmentValue("threads") ?? recipe.Machine.Threads?.ToString(CultureInfo.InvariantCulture));
        yield return ("Versions", string.Join(", ", new[] { run.EnvironmentValue("matting") is { } matting ? $"Matting {Short(matting)}" : null, run.EnvironmentValue("engine"), run.EnvironmentValue("dotnet") }.OfType<string>()));
        yield return ("System", run.EnvironmentValue("os"));
        string? branch = run.EnvironmentValue("git_branch") is { } name ? $" ({name})" : "";
        yield return ("Git commit", run.EnvironmentValue("git_commit") is { } commit ? commit + branch : null);
    }

    private static string Checkpoint(LoggedEpoch epoch) => epoch.Saved is null ? "" : $", {epoch.Saved}";

    /// <summary>The mean over the time of the epochs that tell both; null when none does.</summary>
    private static double? Mean(RunHistory run, Func<LoggedEpoch, double?> value)
    {
        LoggedEpoch[] known = [.. run.Epochs.Where(epoch => epoch.Seconds > 0 && value(epoch) is not null)];
        return known.Length == 0 ? null : known.Sum(epoch => value(epoch)!.Value * epoch.Seconds!.Value) / known.Sum(epoch => epoch.Seconds!.Value);
    }

    /// <summary>A version without most of the digits of its commit: <c>0.1.0+3df8c10f5a2d</c>.</summary>
    private static string Short(string version)
    {
        int commit = version.IndexOf('+', StringComparison.Ordinal) + 1;
        return commit > 0 && version.Length > commit + CommitDigits ? version[..(commit + CommitDigits)] : version;
    }

    private static string Epochs(int count) => count == 1 ? "1 epoch" : $"{count} epochs";

    private static string Duration(double seconds) => seconds switch
    {
        < 60 => $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        < 3600 => $"{(int)seconds / 60} min {(int)seconds % 60:00} s",
        _ => $"{(int)seconds / 3600} h {(int)seconds / 60 % 60:00} min",
    };
}
