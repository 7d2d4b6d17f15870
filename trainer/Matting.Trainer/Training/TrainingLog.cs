using System.Globalization;
using System.Text;
using Matting.Shared.Files;

namespace Matting.Trainer.Training;

/// <summary>The CSV log of a run: one row for each epoch. The file is whole at every moment.</summary>
/// <param name="path">The file; it is replaced after each epoch.</param>
/// <param name="averaged">True adds the columns of the averaged weights.</param>
internal sealed class TrainingLog(string path, bool averaged = false)
{
    private const long MiB = 1 << 20;
    private const string Header = "epoch,step,train_loss,train_mse,val_mse,lr,seconds,samples_per_second,data_wait_share,peak_memory_mib,saved";
    private const string AverageHeader = ",ema_val_mse,saved_ema";

    // what a checkpoint's column says about the column of its MSE
    private static readonly (string Saved, string Mse)[] Checkpoints = [("saved", "val_mse"), ("saved_ema", "ema_val_mse")];

    private readonly StringBuilder _text = new(Header + (averaged ? AverageHeader : "") + "\n");

    /// <summary>Adds a row and writes the file.</summary>
    public void Add(EpochReport epoch)
    {
        _text.Append(CultureInfo.InvariantCulture,
            $"{epoch.Epoch},{epoch.Step},{epoch.TrainLoss:R},{epoch.TrainMse:R},{epoch.ValMse:R},{epoch.Lr:R},{epoch.TrainTime.TotalSeconds:F3},");
        _text.Append(CultureInfo.InvariantCulture,
            $"{epoch.SamplesPerSecond:F3},{epoch.DataWaitShare:F4},{epoch.PeakMemoryBytes / MiB},{Path.GetFileName(epoch.SavedBest)}");
        if (averaged)
            _text.Append(CultureInfo.InvariantCulture, $",{epoch.EmaValMse:R},{Path.GetFileName(epoch.SavedBestEma)}");
        _text.Append('\n');
        AtomicFile.WriteText(path, _text.ToString());
    }

    /// <summary>The figures of the epoch that wrote a checkpoint: <c>mse</c> and <c>epoch</c>; none when the log does not tell.</summary>
    /// <param name="path">The log.</param>
    /// <param name="checkpoint">The checkpoint's file name.</param>
    public static IReadOnlyDictionary<string, double> FiguresOf(string path, string checkpoint)
    {
        string[][] lines = File.Exists(path) ? [.. File.ReadLines(path).Select(line => line.Split(','))] : [];
        string header = lines.Length == 0 ? "" : string.Join(',', lines[0]);
        if (header is not (Header or Header + AverageHeader))
            return new Dictionary<string, double>();
        foreach ((string saved, string mseColumn) in Checkpoints)
        {
            int column = Array.IndexOf(lines[0], saved);
            // the file was replaced by each better epoch: the last row that names it is the one in it
            string[]? row = column < 0 ? null : lines.LastOrDefault(fields => fields.Length == lines[0].Length && fields[column] == checkpoint);
            if (row is not null && Number(row[Array.IndexOf(lines[0], mseColumn)]) is double mse && Number(row[0]) is double epoch)
                return new Dictionary<string, double> { ["mse"] = mse, ["epoch"] = epoch };
        }
        return new Dictionary<string, double>();
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
