using System.Globalization;
using Matting.Shared.Html;
using Matting.Trainer.Reports.Charts;
using Matting.Trainer.Reports.Logs;

namespace Matting.Trainer.Reports.Sections;

/// <summary>Every epoch with its figures: what the curves show, as numbers.</summary>
internal static class EpochsSection
{
    private static readonly (string Head, Func<LoggedEpoch, string> Cell)[] Columns =
    [
        ("train MSE", epoch => Fixed(epoch.TrainMse, "0.000000")),
        ("val MSE", epoch => Fixed(epoch.ValMse, "0.000000")),
        ("val MSE, averaged", epoch => Fixed(epoch.EmaValMse, "0.000000")),
        ("train loss", epoch => epoch.TrainLoss is double loss ? ChartNumber.Value(loss) : ""),
        ("learning rate", epoch => Fixed(epoch.Lr, "0.00e+00")),
        ("seconds", epoch => Fixed(epoch.Seconds, "#,0.0")),
        ("images/s", epoch => Fixed(epoch.SamplesPerSecond, "#,0.00")),
        ("waiting", epoch => epoch.DataWaitShare is double share ? Fixed(100 * share, "0.0") + " %" : ""),
        ("memory, MiB", epoch => Fixed(epoch.PeakMemoryMib, "#,0")),
    ];

    /// <summary>Writes the section; nothing when no epoch is over.</summary>
    public static void Write(HtmlWriter page, RunHistory run)
    {
        if (run.Epochs.Count == 0)
            return;
        (string Head, Func<LoggedEpoch, string> Cell)[] columns = [.. Columns.Where(column => run.Epochs.Any(epoch => column.Cell(epoch).Length > 0))];
        page.Write($"""<section><h2>All epochs</h2><div class="scroll" tabindex="0" role="region" aria-label="Figures of all epochs"><table class="numbers"><thead><tr><th scope="col">epoch</th>""");
        foreach ((string head, _) in columns)
            page.Write($"""<th scope="col">{head}</th>""");
        page.Write($"""<th scope="col" class="text">saved</th></tr></thead><tbody>""");
        foreach (LoggedEpoch epoch in run.Epochs)
        {
            page.Write($"""<tr class="{(epoch == run.Best ? "best" : "")}"><th scope="row">{epoch.Epoch}</th>""");
            foreach ((_, Func<LoggedEpoch, string> cell) in columns)
                page.Write($"<td>{cell(epoch)}</td>");
            page.Write($"""<td class="text">{epoch.Saved}</td></tr>""");
        }
        page.Write($"</tbody></table></div></section>");
    }

    private static string Fixed(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
