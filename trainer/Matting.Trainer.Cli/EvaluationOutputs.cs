using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Shared.Imaging;
using Matting.Trainer.Evaluation;
using Matting.Trainer.Pictures;

namespace Matting.Trainer.Cli;

/// <summary>The files that an evaluation may write: a report and a contact sheet.</summary>
internal sealed class EvaluationOutputs
{
    private static readonly string[] SheetExtensions = [".png", ".jpg", ".jpeg", ".webp"];

    private readonly Option<string?> _report = new("--out") { Description = "Write every picture's errors and the means: a .csv or .json file", HelpName = "FILE" };
    private readonly Option<string?> _sheet = new("--sheet") { Description = "Write the worst and the best pictures side by side: .png, .jpg or .webp", HelpName = "FILE" };
    private readonly Option<int> _worst = CommonOptions.Whole("--worst", "Pictures with the largest MSE on the sheet", 0, 50, 4);
    private readonly Option<int> _best = CommonOptions.Whole("--best", "Pictures with the smallest MSE on the sheet", 0, 50, 4);
    private readonly Option<int> _cell = CommonOptions.Whole("--cell", "Side of a picture on the sheet in pixels", 64, 1024, 184);
    private readonly Option<bool> _overwrite = CommonOptions.Overwrite();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_report, _sheet, _worst, _best, _cell, _overwrite])
            command.Options.Add(option);
    }

    /// <summary>Says before the work begins what could not be written after it.</summary>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_report) is { } report)
        {
            if (!EvaluationFile.IsKnown(report))
                throw UserErrorException.Usage($"--out {report}: expected a .csv or .json file");
            OutputFile.Require(report, parsed.GetValue(_overwrite));
        }
        if (parsed.GetValue(_sheet) is not { } sheet)
        {
            if (((Option[])[_worst, _best, _cell]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
                throw UserErrorException.Usage($"{given.Name} is about the contact sheet, which --sheet FILE asks for");
            return;
        }
        if (!SheetExtensions.Contains(Path.GetExtension(sheet).ToLowerInvariant()))
            throw UserErrorException.Usage($"--sheet {sheet}: expected a .png, .jpg or .webp file");
        if (parsed.GetValue(_worst) + parsed.GetValue(_best) == 0)
            throw UserErrorException.Usage("--sheet needs pictures: --worst and --best are both 0");
        OutputFile.Require(sheet, parsed.GetValue(_overwrite));
    }

    /// <summary>Worst and best pictures that are wanted.</summary>
    public (int Worst, int Best) Shown(ParseResult parsed) =>
        parsed.GetValue(_sheet) is null ? (0, 0) : (parsed.GetValue(_worst), parsed.GetValue(_best));

    /// <summary>Writes what was asked for and says where it is.</summary>
    public void Write(EvaluationReport report, ParseResult parsed, TextWriter output)
    {
        bool overwrite = parsed.GetValue(_overwrite);
        if (parsed.GetValue(_report) is { } file)
        {
            EvaluationFile.Write(file, report, overwrite);
            output.WriteLine($"{file}: {HumanText.Count(report.Pictures.Count, "picture")} and the means");
        }
        if (parsed.GetValue(_sheet) is { } sheet)
        {
            PixelImage picture = ContactSheet.Compose(report.Shown, parsed.GetValue(_cell), $"{Path.GetFileName(report.Model)} on {Path.GetFileName(report.Csv)}");
            ImageFile.Write(sheet, picture, new ImageWriteOptions { Overwrite = overwrite });
            output.WriteLine($"{sheet}: {report.Shown.Count} of {report.Pictures.Count} pictures, worst and best by MSE");
        }
    }
}
