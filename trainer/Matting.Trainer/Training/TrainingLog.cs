using System.Globalization;
using System.Text;
using Matting.Shared.Files;

namespace Matting.Trainer.Training;

/// <summary>The CSV log of a run: one row for each epoch. The file is whole at every moment.</summary>
/// <param name="path">The file; it is replaced after each epoch.</param>
internal sealed class TrainingLog(string path)
{
    private const long MiB = 1 << 20;
    private const string Header = "epoch,step,train_loss,train_mse,val_mse,lr,seconds,samples_per_second,data_wait_share,peak_memory_mib,saved";
    private const int EpochColumn = 0;
    private const int ValMseColumn = 4;

    private readonly StringBuilder _text = new(Header + "\n");

    /// <summary>Adds a row and writes the file.</summary>
    public void Add(EpochReport epoch)
    {
        _text.Append(CultureInfo.InvariantCulture,
            $"{epoch.Epoch},{epoch.Step},{epoch.TrainLoss:R},{epoch.TrainMse:R},{epoch.ValMse:R},{epoch.Lr:R},{epoch.TrainTime.TotalSeconds:F3},");
        _text.Append(CultureInfo.InvariantCulture,
            $"{epoch.SamplesPerSecond:F3},{epoch.DataWaitShare:F4},{epoch.PeakMemoryBytes / MiB},{Path.GetFileName(epoch.SavedBest)}\n");
        AtomicFile.WriteText(path, _text.ToString());
    }

    /// <summary>The figures of the epoch that wrote a checkpoint: <c>mse</c> and <c>epoch</c>; none when the log does not tell.</summary>
    /// <param name="path">The log.</param>
    /// <param name="checkpoint">The checkpoint's file name.</param>
    public static IReadOnlyDictionary<string, double> FiguresOf(string path, string checkpoint)
    {
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        // the file was replaced by each better epoch: the last row that names it is the one in it
        string[]? row = lines is [Header, ..] ? lines.Select(line => line.Split(',')).LastOrDefault(fields => fields[^1] == checkpoint) : null;
        return row is not null && Number(row[ValMseColumn]) is double mse && Number(row[EpochColumn]) is double epoch
            ? new Dictionary<string, double> { ["mse"] = mse, ["epoch"] = epoch }
            : new Dictionary<string, double>();
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
