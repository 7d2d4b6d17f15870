using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Comparison;
using Matting.Runtime.Cli.Sheets;
using Matting.Runtime.Cli.View;
using Matting.Runtime.Submissions;
using Matting.Shared.Files;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting view</c>: a submission beside its pictures.</summary>
internal static class ViewCommand
{
    private const string Page = ".HTML";
    private const int SheetCell = 184;
    private const int PageCell = 320;

    public static Command Create()
    {
        Argument<string> submission = new("SUBMISSION") { Description = "A submission (CSV of base64 PNGs)" };
        CommonOptions.RefuseUnknownOptions(submission);
        Option<string> images = new("--images") { Description = "Folder of the pictures that it was made from", HelpName = "DIR", Required = true };
        Option<string> file = new("--out") { Description = "Contact sheet (png, jpg, webp) or page (html) to write", HelpName = "FILE", Required = true };
        Option<int> limit = CommonOptions.Whole("--limit", "The first rows to show", 1, 1000, 100);
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command command = new("view", "Shows a submission beside its pictures: picture, alpha and cut-out, as a contact sheet or an HTML page") { submission, images, file, limit, overwrite };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed, parsed.GetRequiredValue(submission), parsed.GetRequiredValue(images), parsed.GetRequiredValue(file), parsed.GetValue(limit), parsed.GetValue(overwrite), cancellation)));
        return command.WithExamples(
            new CommandExample("matting view submission.csv --images test --out sheet.png", "A contact sheet of the first 100 rows"),
            new CommandExample("matting view submission.csv --images test --out sheet.html --limit 500", "A page that fetches nothing, to open in a browser"));
    }

    private static int Run(ParseResult parsed, string path, string images, string file, int limit, bool overwrite, CancellationToken cancellation)
    {
        SheetFile.Check("--out", file, overwrite, Page);
        if (!Directory.Exists(images))
            throw new UserErrorException($"{images}: there is no such folder");
        bool page = Path.GetExtension(file).Equals(Page, StringComparison.OrdinalIgnoreCase);
        using SubmissionDocument submission = SubmissionDocument.Open(path);
        using FolderSource pictures = new(images, SubmissionFile.NameOf);
        TextWriter error = parsed.InvocationConfiguration.Error;
        int rows = Math.Min(limit, submission.Entries.Count), wrong = 0;
        List<ViewedRow> shown;
        using (ProgressLine progress = new("view", rows))
        {
            shown = [.. new SubmissionView(submission, pictures).Rows(limit, page ? PageCell : SheetCell, Report, name => progress.Advance(1, name), cancellation)];

            void Report(string message)
            {
                wrong++;
                progress.WriteLine(error, $"{RootCommand.ExecutableName}: error: {message}");
            }
        }
        if (shown.Count == 0)
            throw new UserErrorException($"{path}: none of its rows can be shown; nothing was written");
        string title = $"{Path.GetFileName(path)}: {HumanText.Count(shown.Count, "picture")}";
        if (page)
            AtomicFile.WriteBytes(file, ViewPage.Write(title, shown), overwrite);
        else
            ImageFile.Write(file, Sheet(title, shown), SheetFile.Options(overwrite));
        Summarise(error, submission, pictures, rows);
        parsed.InvocationConfiguration.Output.WriteLine(file);
        return wrong == 0 ? ExitCodes.Done : ExitCodes.PartFailed;
    }

    private static PixelImage Sheet(string title, List<ViewedRow> rows) => PictureSheet.Compose(
        title, ["picture", "alpha", "cut-out"], [.. rows.Select(row => new SheetRow(row.Name, row.Size, [row.Picture, row.Alpha, row.CutOut]))], SheetCell);

    private static void Summarise(TextWriter error, SubmissionDocument submission, FolderSource pictures, int rows)
    {
        if (rows < submission.Entries.Count)
            error.WriteLine($"the first {rows} of {submission.Entries.Count} rows are shown (--limit)");
        HashSet<string> named = [.. submission.Entries.Select(entry => entry.Name)];
        int without = pictures.Names.Count(name => !named.Contains(name));
        if (without > 0)
            error.WriteLine($"{HumanText.Count(without, "picture")} of the folder without a row");
    }
}
