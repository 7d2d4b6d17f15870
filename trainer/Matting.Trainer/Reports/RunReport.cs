using System.Security.Cryptography;
using System.Text;
using Matting.Shared.Files;
using Matting.Shared.Html;
using Matting.Trainer.Reports.Sections;
using Matting.Trainer.Training;

namespace Matting.Trainer.Reports;

/// <summary>
/// The report of a run: one HTML file with everything in it, curves, pictures, settings. It asks for nothing from outside and can be
/// read without running its program.
/// </summary>
public static class RunReport
{
    private static readonly string Style = Asset("report.css");
    private static readonly string Program = Asset("report.js");

    /// <summary>Writes the report of a run, which may still be under way.</summary>
    /// <param name="run">The run; see <see cref="ReportSource"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">False: an existing file is an error.</param>
    /// <returns>How many epochs it tells of.</returns>
    /// <exception cref="ReportException">A log of the run cannot be read.</exception>
    /// <exception cref="IOException">The file exists, or the disk refuses.</exception>
    public static int Write(RunFolder run, string path, bool overwrite = false)
    {
        RunHistory history = RunHistory.Read(run);
        AtomicFile.WriteText(path, Compose(history), overwrite);
        return history.Epochs.Count;
    }

    /// <summary>The page as text. It is XML too.</summary>
    internal static string Compose(RunHistory run)
    {
        string name = Path.GetFileName(run.Folder.Folder);
        string title = run.Folder.Number == 1 ? name : $"{name}, run {run.Folder.Number}";
        HtmlWriter page = new();
        page.Write($"<!DOCTYPE html>");
        page.Write($"""<html lang="en"><head><meta charset="utf-8"/>""");
        // nothing may be loaded, and no other program may run, whatever got into the page
        string allowed = $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{Hash(Program)}'";
        page.Write($"""<meta http-equiv="Content-Security-Policy" content="{allowed}"/>""");
        page.Write($"""<meta name="viewport" content="width=device-width, initial-scale=1"/><meta name="color-scheme" content="light dark"/>""");
        page.Write($"<title>{title}: training report</title><style>");
        page.Raw(Style);
        page.Write($"</style></head><body>");
        page.Write($"""<header><p>training report</p><h1>{title}</h1><p class="state">{SummarySection.State(run)}</p></header><main>""");
        SummarySection.Write(page, run);
        CurvesSection.Write(page, run);
        PicturesSection.Write(page, run);
        EpochsSection.Write(page, run);
        SettingsSection.Write(page, run);
        page.Write($"</main><script>");
        page.Raw(Program);
        page.Raw("</script></body></html>\n");
        return page.ToString();
    }

    // Write ends its markup with a line end, which belongs to the program as the browser sees it
    private static string Hash(string program) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("\n" + program)));

    private static string Asset(string name)
    {
        using Stream stream = typeof(RunReport).Assembly.GetManifestResourceStream($"Matting.Trainer.Reports.Assets.{name}")
            ?? throw new InvalidOperationException($"the assembly has no {name}");
        using StreamReader text = new(stream, Encoding.UTF8);
        // the hash of the program must not depend on how the sources were checked out
        return text.ReadToEnd().ReplaceLineEndings("\n");
    }
}
