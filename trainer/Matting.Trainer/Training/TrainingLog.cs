using System.Globalization;
using System.Text;
using Matting.Shared.Files;
using Matting.Trainer.Training.Records;

namespace Matting.Trainer.Training;

/// <summary>The CSV log of a run: one row for each epoch. The file is whole at every moment.</summary>
internal sealed class TrainingLog : ITrainingObserver
{
    private const string Header = "epoch,step,train_loss,train_mse,val_mse,lr,unreadable,seconds,samples_per_second,data_wait_share,peak_memory_mib,saved";
    private const string AverageHeader = ",ema_val_mse,saved_ema";

    // seconds to peak_memory_mib: what differs from one run to the next
    private const int TimeColumns = 4;

    // what a checkpoint's column says about the column of its MSE
    private static readonly (string Saved, string Mse)[] Checkpoints = [("saved", "val_mse"), ("saved_ema", "ema_val_mse")];

    private readonly string _path;
    private readonly bool _averaged;
    private readonly StringBuilder _text;

    /// <summary>Starts a log; nothing is written yet.</summary>
    /// <param name="path">The file; it is replaced after each epoch.</param>
    /// <param name="averaged">True adds the columns of the averaged weights.</param>
    public TrainingLog(string path, bool averaged = false)
    {
        (_path, _averaged) = (path, averaged);
        _text = new StringBuilder(FullHeader + "\n");
    }

    private string FullHeader => Header + (_averaged ? AverageHeader : "");

    /// <summary>Adds a row and writes the file.</summary>
    public void EpochDone(EpochReport epoch)
    {
        string seconds = string.Create(CultureInfo.InvariantCulture, $"{epoch.TrainTime.TotalSeconds:F3},{epoch.SamplesPerSecond:F3},{epoch.DataWaitShare:F4},");
        Add(epoch, seconds + string.Create(CultureInfo.InvariantCulture, $"{epoch.PeakMemoryBytes / ByteUnits.MiB}"));
        Write();
    }

    /// <summary>
    /// Makes the file that of a run which is resumed: a row for each epoch that is over and no other. Rows are kept as they are;
    /// what is missing or was changed is written anew from the figures, without the times, which nobody knows any more.
    /// </summary>
    /// <param name="epochs">The epochs that are over.</param>
    /// <returns>What had to be written anew, one line for people; null when nothing had.</returns>
    public string? Restore(IReadOnlyList<EpochReport> epochs)
    {
        string[] lines = File.Exists(_path) ? File.ReadAllLines(_path) : [];
        bool known = lines.Length > 0 && lines[0] == FullHeader;
        int anew = 0;
        foreach (EpochReport epoch in epochs)
        {
            string[] fields = known && epoch.Epoch < lines.Length ? lines[epoch.Epoch].Split(',') : [];
            if (IsAsWritten(fields, epoch))
            {
                Add(epoch, string.Join(',', fields.Skip(Before(epoch).Length).Take(TimeColumns)));
            }
            else
            {
                Add(epoch, new string(',', TimeColumns - 1));
                anew++;
            }
        }
        if (epochs.Count > 0 || lines.Length > 0)
            Write();
        string rows = anew == 1 ? "the row of one epoch as it was; it was" : $"the rows of {anew} epochs as they were; they were";
        return anew == 0 ? null : $"{Path.GetFileName(_path)} did not have {rows} written anew, without {(anew == 1 ? "its" : "their")} times";
    }

    /// <summary>The figures of the epoch that wrote a checkpoint: <c>mse</c> and <c>epoch</c>; none when the log does not tell.</summary>
    /// <param name="path">The log.</param>
    /// <param name="checkpoint">The checkpoint's file name.</param>
    public static IReadOnlyDictionary<string, double> FiguresOf(string path, string checkpoint)
    {
        string[][] lines = File.Exists(path) ? [.. File.ReadLines(path).Select(line => line.Split(','))] : [];
        foreach ((string saved, string mseColumn) in Checkpoints)
        {
            // columns by their names: logs of earlier versions have fewer
            int column = lines.Length == 0 ? -1 : Array.IndexOf(lines[0], saved);
            int mseAt = column < 0 ? -1 : Array.IndexOf(lines[0], mseColumn), epochAt = column < 0 ? -1 : Array.IndexOf(lines[0], "epoch");
            if (mseAt < 0 || epochAt < 0)
                continue;
            // the file was replaced by each better epoch: the last row that names it is the one in it
            string[]? row = lines.LastOrDefault(fields => fields.Length == lines[0].Length && fields[column] == checkpoint);
            if (row is not null && Number(row[mseAt]) is double mse && Number(row[epochAt]) is double epoch)
                return new Dictionary<string, double> { ["mse"] = mse, ["epoch"] = epoch };
        }
        return new Dictionary<string, double>();
    }

    private void Add(EpochReport epoch, string times) => _text.AppendJoin(',', [.. Before(epoch), times, .. After(epoch)]).Append('\n');

    private bool IsAsWritten(string[] fields, EpochReport epoch)
    {
        string[] before = Before(epoch);
        return fields.Length == FullHeader.Split(',').Length
            && fields.Take(before.Length).SequenceEqual(before) && fields.Skip(before.Length + TimeColumns).SequenceEqual(After(epoch));
    }

    private void Write() => AtomicFile.WriteText(_path, _text.ToString());

    // the columns on both sides of those that are times and memory
    private static string[] Before(EpochReport epoch) =>
        [Text(epoch.Epoch), Text(epoch.Step), Text(epoch.TrainLoss), Text(epoch.TrainMse), Text(epoch.ValMse), Text(epoch.Lr), Text(epoch.Unreadable)];

    private string[] After(EpochReport epoch)
    {
        string saved = Path.GetFileName(epoch.SavedBest) ?? "";
        return _averaged ? [saved, Text(epoch.EmaValMse ?? 0), Path.GetFileName(epoch.SavedBestEma) ?? ""] : [saved];
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
