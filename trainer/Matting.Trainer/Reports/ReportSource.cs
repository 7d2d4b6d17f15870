using System.Globalization;
using System.Text.RegularExpressions;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Reports;

/// <summary>Finds the run that a report is about.</summary>
public static partial class ReportSource
{
    /// <summary>Finds a run.</summary>
    /// <param name="runOrFile">A run's folder, or one of the files of a run, for instance <c>RUN/log_2.csv</c>; null: the newest experiment.</param>
    /// <param name="number">Which of several runs of the folder; null: the newest, or that of the file.</param>
    /// <exception cref="ReportException">There is no such run; the message says which there are.</exception>
    public static RunFolder Find(string? runOrFile, int? number = null)
    {
        string? found = runOrFile ?? RunFolder.Experiments(RunFolder.DefaultParent).FirstOrDefault(folder => RunFolder.Newest(folder) is not null);
        if (found is null)
            throw new ReportException($"there is no run yet in {RunFolder.DefaultParent}; train first, or name a run");
        string folder = found;
        if (File.Exists(found))
        {
            folder = Path.GetDirectoryName(Path.GetFullPath(found))!;
            Match name = RunFile().Match(Path.GetFileName(found));
            if (!name.Success)
                throw new ReportException($"{found}: is no file of a run, such as recipe.yaml or log.csv; a run's folder will do as well");
            int own = name.Groups["number"].Success ? int.Parse(name.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 1;
            if (number is int other && other != own)
                throw new ReportException($"{found}: belongs to run {own} of its folder, not to run {other}");
            number = own;
        }
        else if (!Directory.Exists(found))
        {
            throw new ReportException($"{found}: there is no such run");
        }
        int newest = RunFolder.Newest(folder) ?? throw new ReportException($"{folder}: there is no run in it, it has no recipe.yaml");
        int wanted = number ?? newest;
        string recipe = RunFolder.Of(folder, wanted, "").RecipePath;
        if (!File.Exists(recipe))
            throw new ReportException($"{recipe}: there is no such file{(wanted == newest ? "" : $"; the newest run of the folder is run {newest}")}");
        return RunFolder.Of(folder, wanted, RecipeFile.Load(recipe).Network);
    }

    [GeneratedRegex(@"^(recipe|log|state|environment|.+_best(_ema)?)(_(?<number>[1-9][0-9]{0,8}))?\.(yaml|csv|jsonl|json|pth)$")]
    private static partial Regex RunFile();
}
