using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Comparison;
using Matting.Runtime.Cli.Sheets;
using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Commands;

/// <summary><c>matting compare</c>: how far two submissions, folders or models are apart.</summary>
internal sealed class CompareCommand
{
    private const int ShownByDefault = 10;
    private const int MostShown = 1000;
    private const int MostOnSheet = 100;

    private readonly Argument<string> _a = new("A") { Description = "A submission (.csv), a folder of pictures, or a model (.onnx)" };
    private readonly Argument<string> _b = new("B") { Description = "What it is compared with; a model only with a model" };
    private readonly Option<string?> _images = new("--images") { Description = "Folder of pictures: what models predict, and a column of the sheet", HelpName = "DIR" };
    private readonly Option<int> _worst = CommonOptions.Whole("--worst", "Pictures that are shown, those that differ most first", 0, MostShown, ShownByDefault);
    private readonly Option<string?> _sheet = new("--sheet") { Description = $"Contact sheet of the worst pictures ({MostOnSheet} at most) to draw: png, jpg or webp", HelpName = "FILE" };
    private readonly Option<string?> _file = new("--out") { Description = "File with every picture's differences: csv or json", HelpName = "FILE" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _overwrite = CommonOptions.Overwrite();
    private readonly ModelArguments _model = new();
    private readonly PictureArguments _pictures = new(TestTimeAugmentation.None);

    private CompareCommand()
    {
    }

    private enum Kind
    {
        Submission,
        Folder,
        Model,
    }

    public static Command Create()
    {
        CompareCommand options = new();
        CommonOptions.RefuseUnknownOptions(options._a);
        CommonOptions.RefuseUnknownOptions(options._b);
        Command command = new("compare", "Compares two submissions, folders of pictures or models picture by picture, in 8-bit levels")
        {
            options._a, options._b, options._images, options._worst, options._sheet, options._file, options._json, options._overwrite,
        };
        options._model.AddSettingsTo(command);
        options._pictures.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(options.Run(parsed, cancellation)));
        return command.WithExamples(
            new CommandExample("matting compare submission.csv submission_2.csv", "Mean and worst differences of two submissions; exit code 3 when a picture is in only one of them"),
            new CommandExample("matting compare old.onnx new.onnx --images test --tta flip --sheet worst.png", "What two models make of the same pictures, with a sheet of the worst"),
            new CommandExample("matting compare alphas truth --out differences.csv", "Every picture of two folders as a table"));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        (string a, string b) = (parsed.GetRequiredValue(_a), parsed.GetRequiredValue(_b));
        (Kind kindOfA, Kind kindOfB) = (KindOf(a), KindOf(b));
        string? images = parsed.GetValue(_images), sheet = parsed.GetValue(_sheet), file = parsed.GetValue(_file);
        bool overwrite = parsed.GetValue(_overwrite);
        int worst = parsed.GetValue(_worst);
        if ((kindOfA == Kind.Model) != (kindOfB == Kind.Model))
            throw UserErrorException.Usage("a model is compared with a model only; predict with it first and compare what it wrote");
        if (kindOfA == Kind.Model && images is null)
            throw UserErrorException.Usage("models are compared on pictures: say on which (--images DIR)");
        if (file is not null)
            ComparisonFile.Check(file, overwrite);
        if (sheet is not null)
            SheetFile.Check("--sheet", sheet, overwrite);
        Func<string, string> nameOf = kindOfA == Kind.Submission || kindOfB == Kind.Submission ? SubmissionFile.NameOf : NameWithoutExtension;
        using FolderSource? pictures = images is null ? null : new FolderSource(images, nameOf);
        using IPictureSource first = Open(parsed, a, kindOfA, pictures, nameOf);
        using IPictureSource second = Open(parsed, b, kindOfB, pictures, nameOf);
        TextWriter error = parsed.InvocationConfiguration.Error;
        Comparer comparer = new(first, second);
        ComparisonReport report = comparer.Run(a, b, message => error.WriteLine($"{RootCommand.ExecutableName}: error: {message}"), cancellation);
        foreach (ModelSource source in ((IPictureSource[])[first, second]).OfType<ModelSource>())
        {
            if (source.FirstRun is { } run)
                error.WriteLine($"{run.Name}: first run {HumanText.Latency(run.Time)}");
        }
        if (file is not null)
            ComparisonFile.Write(file, report, overwrite);
        if (sheet is not null && report.Pictures.Count > 0)
            ImageFile.Write(sheet, ComparisonSheet.Compose(comparer, report, pictures, Math.Clamp(worst, 1, MostOnSheet), cancellation), SheetFile.Options(overwrite));
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
            output.WriteLine(ComparisonFile.Json(report));
        else
            ComparisonText.Show(report, worst, output);
        if (report.Pictures.Count == 0)
            throw new UserErrorException($"{a} and {b} have no picture that could be compared");
        return report.IsWhole ? ExitCodes.Done : ExitCodes.PartFailed;
    }

    private IPictureSource Open(ParseResult parsed, string path, Kind kind, FolderSource? pictures, Func<string, string> nameOf) => kind switch
    {
        Kind.Submission => new SubmissionSource(path),
        Kind.Folder => new FolderSource(path, nameOf),
        _ => new ModelSource(_model.Load(parsed, path), pictures!, _pictures.Read(parsed)),
    };

    private static Kind KindOf(string path)
    {
        if (Directory.Exists(path))
            return Kind.Folder;
        if (!File.Exists(path))
            throw new UserErrorException($"{path}: there is no such file or folder");
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => Kind.Submission,
            ".ONNX" => Kind.Model,
            _ => throw new UserErrorException($"{path}: is neither a submission (.csv) nor a folder nor a model (.onnx)"),
        };
    }

    private static string NameWithoutExtension(string file) => Path.GetFileNameWithoutExtension(file);
}
