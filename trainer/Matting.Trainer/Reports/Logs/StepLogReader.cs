using System.Text;
using System.Text.Json;

namespace Matting.Trainer.Reports.Logs;

/// <summary>Reads the steps of a run's <c>log.jsonl</c>, also while the run is writing it.</summary>
internal static class StepLogReader
{
    /// <summary>Reads the steps in their order; none where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unreadable">Finished lines that are no events.</param>
    public static IReadOnlyList<LoggedStep> Read(string path, out int unreadable)
    {
        unreadable = 0;
        if (!File.Exists(path))
            return [];
        // by number: where a run went on after it was killed, the later line of a step counts
        SortedDictionary<long, LoggedStep> steps = [];
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader text = new(file, Encoding.UTF8);
        while (text.ReadLine() is { } line)
        {
            bool unfinished = text.EndOfStream;
            try
            {
                using JsonDocument json = JsonDocument.Parse(line);
                if (Step(json.RootElement) is { } step)
                    steps[step.Step] = step;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
            {
                // the last line of a run that is under way may be half written
                unreadable += unfinished ? 0 : 1;
            }
        }
        return [.. steps.Values];
    }

    private static LoggedStep? Step(JsonElement json) =>
        json.GetProperty("kind").GetString() != "step" ? null : new LoggedStep(
            json.GetProperty("step").GetInt64(), json.GetProperty("epoch").GetInt32(), Number(json, "samples"), Number(json, "loss"),
            Number(json, "mse"), Number(json, "lr"), Number(json, "epoch_seconds"), Number(json, "epoch_waited_seconds"));

    private static double? Number(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
        && double.IsFinite(number) ? number : null;
}
