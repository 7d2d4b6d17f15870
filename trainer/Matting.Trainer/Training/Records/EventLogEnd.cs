using System.Text.Json;

namespace Matting.Trainer.Training.Records;

/// <summary>The end of what an event log and the state of a run agree on.</summary>
/// <param name="Length">Bytes of the whole lines up to there.</param>
/// <param name="LastStep">The last step among them; 0 when there is none.</param>
/// <param name="EpochTime">Time of its epoch up to that step.</param>
/// <param name="EpochWaited">How much of it was spent waiting for data.</param>
internal sealed record EventLogEnd(long Length, long LastStep, TimeSpan EpochTime, TimeSpan EpochWaited)
{
    /// <summary>Reads a log up to the first line that is unfinished, no event, or later than the run has come.</summary>
    public static EventLogEnd Find(Stream file, RunProgress progress)
    {
        EventLogEnd end = new(0, 0, TimeSpan.Zero, TimeSpan.Zero);
        using LineReader lines = new(file);
        while (lines.Next(out ReadOnlyMemory<byte> line))
        {
            if (!TryRead(line, out JsonElement json) || !Belongs(json, progress, out bool isStep))
                break;
            end = end with { Length = lines.Position };
            if (isStep)
                end = end with { LastStep = json.GetProperty(EventKeys.Step).GetInt64(), EpochTime = Time(json, EventKeys.EpochSeconds), EpochWaited = Time(json, EventKeys.EpochWaitedSeconds) };
        }
        return end;
    }

    private static bool Belongs(JsonElement json, RunProgress progress, out bool isStep)
    {
        isStep = false;
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(EventKeys.Kind, out JsonElement kind) || kind.ValueKind != JsonValueKind.String)
            return false;
        isStep = kind.ValueEquals(EventKeys.Step);
        string key = isStep ? EventKeys.Step : EventKeys.Epoch;
        long done = isStep ? progress.Steps : progress.EpochsDone;
        return (isStep || kind.ValueEquals(EventKeys.Epoch))
            && json.TryGetProperty(key, out JsonElement number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt64(out long value) && value <= done;
    }

    private static TimeSpan Time(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetDouble(out double value)
        && value is >= 0 and < 1e9 ? TimeSpan.FromSeconds(value) : TimeSpan.Zero;

    private static bool TryRead(ReadOnlyMemory<byte> line, out JsonElement json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            json = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            json = default;
            return false;
        }
    }
}
