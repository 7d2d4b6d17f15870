using System.Buffers;
using System.Text.Json;

namespace Matting.Trainer.Training.Records;

/// <summary>
/// The log of a run that programs read: a JSON object a line, <c>{"kind":"step",...}</c> for each step and <c>{"kind":"epoch",...}</c> for
/// each epoch. Each line is handed to the system in one piece as soon as it is known.
/// </summary>
internal sealed class EventLog : ITrainingObserver, IDisposable
{

    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _line = new(512);

    private EventLog(FileStream file) => _file = file;

    /// <summary>Opens a log and keeps of it what belongs to the progress of the run; the rest is cut off.</summary>
    /// <param name="path">The file; it is made when it is not there.</param>
    /// <param name="progress">Where the run is. Gets the times of the epoch that is under way, which only this log has.</param>
    /// <param name="missing">What should be there and is not, one line for people; null when all is.</param>
    /// <exception cref="TrainingException">Another process writes this log.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static EventLog Open(string path, RunProgress progress, out string? missing)
    {
        FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            RunLock.Take(file);
            EventLogEnd end = EventLogEnd.Find(file, progress);
            file.SetLength(end.Length);
            file.Position = end.Length;
            if (progress.Sums.Steps > 0 && end.LastStep == progress.Steps)
                (progress.Sums.Time, progress.Sums.Waited) = (end.EpochTime, end.EpochWaited);
            missing = end.LastStep == progress.Steps ? null
                : $"{Path.GetFileName(path)} has lost the lines of steps {end.LastStep + 1} to {progress.Steps}; nothing else depends on them";
            return new EventLog(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds the line of a step.</summary>
    public void StepTaken(StepReport step) => Add(json =>
    {
        json.WriteString(EventKeys.Kind, EventKeys.Step);
        json.WriteNumber("epoch", step.Epoch);
        json.WriteNumber(EventKeys.Step, step.RunStep);
        json.WriteNumber("epoch_step", step.Step);
        json.WriteNumber("samples", step.Result.Samples);
        json.WriteNumber("loss", step.Result.Loss);
        json.WriteNumber("mse", step.Result.Mse);
        json.WriteNumber("lr", step.Lr);
        json.WriteNumber(EventKeys.EpochSeconds, Rounded(step.EpochTime));
        json.WriteNumber(EventKeys.EpochWaitedSeconds, Rounded(step.EpochWaited));
    });

    /// <summary>Adds the line of an epoch.</summary>
    public void EpochDone(EpochReport epoch) => Add(json =>
    {
        json.WriteString(EventKeys.Kind, EventKeys.Epoch);
        json.WriteNumber(EventKeys.Epoch, epoch.Epoch);
        json.WriteNumber("step", epoch.Step);
        json.WriteNumber("train_loss", epoch.TrainLoss);
        json.WriteNumber("train_mse", epoch.TrainMse);
        json.WriteNumber("val_mse", epoch.ValMse);
        json.WriteNumber("lr", epoch.Lr);
        json.WriteNumber("unreadable", epoch.Unreadable);
        if (epoch.EmaValMse is double ema)
            json.WriteNumber("ema_val_mse", ema);
        json.WriteString("saved", Path.GetFileName(epoch.SavedBest));
        if (epoch.EmaValMse is not null)
            json.WriteString("saved_ema", Path.GetFileName(epoch.SavedBestEma));
        json.WriteNumber("seconds", Rounded(epoch.TrainTime));
        json.WriteNumber("samples_per_second", Math.Round(epoch.SamplesPerSecond, 3));
        json.WriteNumber("data_wait_share", Math.Round(epoch.DataWaitShare, 4));
        if (epoch.PeakMemoryBytes is long peak)
            json.WriteNumber("peak_memory_mib", peak / ByteUnits.MiB);
    });

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Add(Action<Utf8JsonWriter> write)
    {
        _line.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        _line.Write("\n"u8);
        long before = _file.Position;
        try
        {
            _file.Write(_line.WrittenSpan);
        }
        catch (IOException)
        {
            // a full disk takes what fits: half a line would be worse than none
            _file.SetLength(before);
            throw;
        }
    }

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalSeconds, 6);
}
