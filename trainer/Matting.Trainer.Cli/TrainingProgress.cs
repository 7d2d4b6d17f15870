using System.Globalization;
using Matting.CommandLine;
using Matting.Trainer.Training;

namespace Matting.Trainer.Cli;

/// <summary>The text of a run's status line, for terminals of any width.</summary>
internal static class TrainingProgress
{
    /// <summary>Before the first step, which may take a while.</summary>
    public const string Begin = "waiting for the first step";

    /// <summary>After a step: loss, MSE and rate are those of the epoch so far.</summary>
    public static string Of(RunOverview run, StepReport step, RemainingTime left, int columns)
    {
        double seconds = step.EpochTime.TotalSeconds;
        List<Part> parts =
        [
            new($"epoch {step.Epoch}/{run.Epochs}", 1),
            new($"step {step.Step}/{run.StepsPerEpoch}", 2),
            new(Number($"loss {step.EpochLoss:0.0000}"), 4),
            new(Number($"mse {step.EpochMse:0.0000}"), 5),
            new($"{HumanText.Rate(seconds > 0 ? step.EpochSamples / seconds : 0)} img/s", 6),
            new(Number($"wait {100 * step.DataWaitShare:0} %"), 7),
            new($"{Clock(left.Run)} left", 3),
        ];
        if (run.Epochs > 1)
            parts.Add(new($"(epoch {Clock(left.Epoch)})", 8));
        return Fit(parts, columns);
    }

    /// <summary>While an epoch's validation is under way.</summary>
    public static string Of(RunOverview run, int epoch, RemainingTime left, int columns)
    {
        List<Part> parts =
        [
            new($"epoch {epoch}/{run.Epochs}", 1),
            new($"validate {left.Judged}/{(long)run.ValSamples * run.Validations}", 2),
        ];
        if (left.JudgedPerSecond > 0)
        {
            parts.Add(new($"{HumanText.Rate(left.JudgedPerSecond)} img/s", 5));
            parts.Add(new($"{Clock(left.Run)} left", 3));
            parts.Add(new($"(epoch {Clock(left.Validation)})", 4));
        }
        return Fit(parts, columns);
    }

    /// <summary>Joins the parts as far as they fit: with two spaces, with one, then without the least important ones.</summary>
    internal static string Fit(IReadOnlyList<Part> parts, int columns)
    {
        string text = string.Join("  ", parts.Select(part => part.Text));
        List<Part> kept = [.. parts];
        while (text.Length > columns)
        {
            text = string.Join(' ', kept.Select(part => part.Text));
            if (kept.Count == 1)
                break;
            kept.Remove(kept.MaxBy(part => part.Rank)!);
        }
        return text;
    }

    /// <summary>A duration like a clock: <c>0:09</c>, <c>4:10</c>, <c>2:10:05</c>.</summary>
    internal static string Clock(TimeSpan time)
    {
        long seconds = (long)Math.Ceiling(Math.Max(0, time.TotalSeconds));
        return seconds < 3600
            ? Number($"{seconds / 60}:{seconds % 60:00}")
            : Number($"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A piece of the line.</summary>
    /// <param name="Text">What it says.</param>
    /// <param name="Rank">1 is the most important; the highest goes first when there is no room.</param>
    internal sealed record Part(string Text, int Rank);
}
