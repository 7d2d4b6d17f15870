using System.Globalization;
using Matting.CommandLine;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>Shows a comparison to people.</summary>
internal static class ComparisonText
{
    private const int NamesShown = 5;
    private const int LongestName = 40;

    public static void Show(ComparisonReport report, int worst, TextWriter output)
    {
        output.WriteLine($"{HumanText.Count(report.Pictures.Count, "picture")} compared");
        if (report.Pictures.Count > 0)
        {
            string word = report.Maximum == 0 ? "all equal" : "means over the pictures";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"mse {report.Mse:0.########}  sad {report.Sad:0.####} thousand  maximum {report.Maximum} of 255  equal pixels {100 * report.EqualShare:0.####} %  ({word})"));
        }
        ShowNames("only in A", report.OnlyInA, output);
        ShowNames("only in B", report.OnlyInB, output);
        PictureDifference[] different = [.. report.Worst(worst).Where(picture => picture.Maximum > 0)];
        if (different.Length == 0)
            return;
        int width = Math.Max(4, different.Max(picture => Shown(picture.Name).Length));
        output.WriteLine($"\n{"worst".PadRight(width)}  {"mse",12}  {"sad",10}  {"maximum",7}  {"equal %",9}");
        foreach (PictureDifference picture in different)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Shown(picture.Name).PadRight(width)}  {picture.Mse,12:0.########}  {picture.Sad,10:0.####}  {picture.Maximum,7}  {100 * picture.EqualShare,9:0.####}"));
        }
    }

    private static void ShowNames(string what, IReadOnlyList<string> names, TextWriter output)
    {
        if (names.Count == 0)
            return;
        string more = names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "";
        output.WriteLine($"{what}: {HumanText.Count(names.Count)} ({string.Join(", ", names.Take(NamesShown).Select(Shown))}{more})");
    }

    // names come out of files of strangers: control characters must not reach a terminal
    private static string Shown(string name)
    {
        string cut = name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName), "...");
        return string.Concat(cut.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
