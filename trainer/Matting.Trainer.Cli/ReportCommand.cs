using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Trainer.Reports;
using Matting.Trainer.Training;

namespace Matting.Trainer.Cli;

/// <summary><c>report</c>: a run as one page to look at.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string?> source = new("RUN|FILE")
        {
            Description = "A run's folder (its newest run) or one of its files, for instance log_2.csv. Default: the newest experiment",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> target = new("--out") { Description = "The page, .html; one file with everything in it", HelpName = "FILE", Required = true };
        Option<int?> number = new("--number")
        {
            Description = "Which of several runs in the folder: 2 is that of log_2.csv. Default: the newest",
            HelpName = "N",
            CustomParser = Number,
        };
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command command = new("report", "Makes an HTML page of a run: curves, pictures, settings; also while it is running") { source, target, number, overwrite };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(target);
            OutputFile.Require(path, parsed.GetValue(overwrite));
            RunFolder run = ReportSource.Find(parsed.GetValue(source), parsed.GetValue(number));
            int epochs = RunReport.Write(run, path, parsed.GetValue(overwrite));
            parsed.InvocationConfiguration.Output.WriteLine(
                $"{path}: {HumanText.Count(epochs, "epoch")} of {run.RecipePath}, {HumanText.Bytes(new FileInfo(path).Length)}");
            return ExitCodes.Done;
        });
        return command.WithExamples(
            new CommandExample("matting-train report outputs/experiments/exp_001 --out report.html", "The newest run of the folder"),
            new CommandExample("matting-train report outputs/experiments/exp_001/log_2.csv --out report.html --overwrite", "The second one, again"));
    }

    private static int? Number(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1)
            return number;
        result.AddError($"--number {text}: expected the number of a run, 1 or more");
        return null;
    }
}
