using System.Globalization;
using CsvHelper;

namespace Matting.Trainer.Reports.Logs;

/// <summary>Reads a run's <c>log.csv</c> by the names of its columns, so that logs of earlier and later versions can be read too.</summary>
internal static class EpochLogReader
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 1 << 20,
    };

    /// <summary>Reads the epochs in their order; none where there is no file yet.</summary>
    /// <exception cref="ReportException">It is no log of a run.</exception>
    public static IReadOnlyList<LoggedEpoch> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using StreamReader text = new(path);
            using CsvReader csv = CsvReader.Create(text, Options);
            HashSet<string> columns = [.. csv.Headers];
            if (!columns.Contains("epoch"))
                throw new ReportException($"{path}: is no log of a run; it has no column 'epoch'");
            List<LoggedEpoch> epochs = [];
            while (csv.Read())
                epochs.Add(ReadRow(path, csv, columns));
            return [.. epochs.OrderBy(epoch => epoch.Epoch)];
        }
        catch (CsvFormatException e)
        {
            throw new ReportException($"{path} line {e.LineNumber}: is no row of a log ({e.Message.ReplaceLineEndings("\n").Split('\n')[0]})", e);
        }
    }

    private static LoggedEpoch ReadRow(string path, CsvReader csv, HashSet<string> columns)
    {
        if (!int.TryParse(Text("epoch"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
            throw new ReportException($"{path} line {csv.LineNumber}: '{Text("epoch")}' is no epoch");
        return new LoggedEpoch
        {
            Epoch = number,
            TrainLoss = Number("train_loss"),
            TrainMse = Number("train_mse"),
            ValMse = Number("val_mse"),
            EmaValMse = Number("ema_val_mse"),
            Lr = Number("lr"),
            Seconds = Number("seconds"),
            SamplesPerSecond = Number("samples_per_second"),
            DataWaitShare = Number("data_wait_share"),
            PeakMemoryMib = Number("peak_memory_mib"),
            Saved = Text("saved") is { Length: > 0 } saved ? saved : null,
        };

        string? Text(string column) => columns.Contains(column) ? csv.GetString(column) : null;

        double? Number(string column) =>
            double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
    }
}
