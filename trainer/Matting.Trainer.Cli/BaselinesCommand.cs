using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Shared.Imaging;
using Matting.Trainer.Baselines;
using Matting.Trainer.Data;

namespace Matting.Trainer.Cli;

/// <summary><c>baselines</c>: what a prediction without a network scores.</summary>
internal static class BaselinesCommand
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static Command Create()
    {
        Option<string> csv = new("--csv") { Description = "CSV of pictures and alphas (image_path, alpha_path)", HelpName = "CSV", Required = true };
        Option<string?> train = new("--train") { Description = "Choose constant and threshold on this CSV instead of on --csv itself", HelpName = "CSV" };
        Option<string?> root = new("--root") { Description = "Folder that relative paths are tried against first, before the CSV's own", HelpName = "DIR" };
        Option<PictureSize?> size = CommonOptions.Size("Resize everything to this size first, as a validation at it does. Default: as it is");
        Option<bool> json = CommonOptions.Json();
        Command command = new("baselines", "Scores two predictions that need no network: a constant alpha and the best luma threshold")
        {
            csv, train, root, size, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string[] files = parsed.GetValue(train) is { } fitted ? [parsed.GetRequiredValue(csv), fitted] : [parsed.GetRequiredValue(csv)];
            IReadOnlyList<SampleTable> tables = SampleTableReader.ReadAll(files, parsed.GetValue(root));
            (int, int)? wanted = parsed.GetValue(size) is { } pixels ? (pixels.Height, pixels.Width) : null;
            using ProgressLine progress = new("baselines", tables.Sum(table => table.Rows.Count));
            BaselineReport report = BaselineReport.Of(
                tables[0], tables.Count > 1 ? tables[1] : null, wanted, ImageReadOptions.Default, () => progress.Advance(), cancellation);
            progress.WriteLine(parsed.InvocationConfiguration.Output, parsed.GetValue(json) ? JsonSerializer.Serialize(report, Json) : Describe(report));
            return Task.FromResult(ExitCodes.Done);
        });
        return command.WithExamples(
            new CommandExample("matting-train baselines --csv data/synth/val.csv", "The errors that a network has to fall below"),
            new CommandExample("matting-train baselines --csv val.csv --train train.csv --json", "Chosen on one set, measured on another, as JSON"));
    }

    private static string Describe(BaselineReport report)
    {
        string rule = report.Luma.ObjectIsBright ? $"object from luma {report.Luma.Level} up" : $"object below luma {report.Luma.Level}";
        string chosenOn = report.FittedOn == report.Csv ? "the same pictures" : report.FittedOn;
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"constant alpha    mse {report.ConstantMse:0.000000}   (alpha {report.Constant.Alpha:0.0000} everywhere)"),
            string.Create(CultureInfo.InvariantCulture, $"luma threshold    mse {report.LumaMse:0.000000}   ({rule})"),
            $"{report.Pictures} pictures of {report.Csv}, chosen on {chosenOn}",
        ];
        return string.Join(Environment.NewLine, lines);
    }
}
