using System.Globalization;
using Matting.Shared.Metrics;
using Matting.Trainer.Evaluation;

namespace Matting.Trainer.Cli;

/// <summary>An evaluation for people: what was judged, the mean errors of each variant, the worst pictures.</summary>
internal static class EvaluationTable
{
    private const int WorstListed = 5;

    public static IEnumerable<string> Lines(EvaluationReport report)
    {
        EvaluationOptions options = report.Options;
        string comparison = options.Native ? "alphas compared at the size of each picture" : "alphas compared there";
        string failed = report.Failed > 0 ? $", {report.Failed} failed" : "";
        yield return $"model      {report.Model}: {report.Network}, profile {report.Profile}";
        yield return $"engine     {report.Engine}";
        yield return $"pictures   {report.Pictures.Count} of {report.Csv}{failed}; network at {options.Height}x{options.Width}, {comparison}";
        yield return "";
        yield return $"{"tta",-6}{"post",-12}{"mse",10}{"mad",10}{"sad",12}{"grad",12}{"conn",12}";
        for (int i = 0; i < options.Variants.Count; i++)
        {
            if (report.Total(i) is { } mean)
                yield return $"{options.Variants[i].TtaName,-6}{options.Variants[i].PostName,-12}{Row(mean)}";
        }
        yield return "mse and mad: mean over pixels, alpha 0..1; sad, grad, conn: sum over pixels in thousands; all averaged over the pictures";
        yield return "";
        yield return $"worst by mse (tta {options.Variants[0].TtaName}, post {options.Variants[0].PostName})";
        foreach (PictureScore picture in report.Worst(WorstListed))
            yield return $"  {Row(picture.Errors[0])}  {picture.Sample.ImagePath}";
    }

    private static string Row(AlphaErrors errors) => string.Create(CultureInfo.InvariantCulture,
        $"{errors.Mse,10:0.000000}{errors.Mad,10:0.000000}{errors.Sad,12:0.0000}{errors.Gradient,12:0.0000}{errors.Connectivity,12:0.0000}");
}
