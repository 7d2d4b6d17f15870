using System.Globalization;
using System.Text;
using Matting.Shared.Files;
using Matting.Shared.Metrics;

namespace Matting.Trainer.Evaluation;

/// <summary>
/// A report as CSV: a row for each picture and variant in the order of the pictures, then for each variant the mean, whose
/// <c>image_path</c> is <c>mean</c> and whose <c>row</c> is empty. <c>mse</c> and <c>mad</c> are means over pixels, <c>sad</c>,
/// <c>grad</c> and <c>conn</c> sums in thousands. A picture that failed has one row with the reason as <c>error</c>.
/// </summary>
internal static class EvaluationCsv
{
    private const string Header = "row,image_path,alpha_path,width,height,tta,post,mse,mad,sad,grad,conn,error\n";

    public static string Of(EvaluationReport report)
    {
        StringBuilder text = new(Header);
        foreach (PictureScore picture in report.Pictures)
            AddPicture(text, report.Options.Variants, picture);
        for (int i = 0; i < report.Options.Variants.Count; i++)
        {
            if (report.Total(i) is { } mean)
                AddErrors(text.Append(",mean,,,"), report.Options.Variants[i], mean);
        }
        return text.ToString();
    }

    private static void AddPicture(StringBuilder text, IReadOnlyList<EvaluationVariant> variants, PictureScore picture)
    {
        string paths = string.Create(CultureInfo.InvariantCulture,
            $"{picture.Sample.Row},{CsvField.Of(picture.Sample.ImagePath)},{CsvField.Of(picture.Sample.AlphaPath)},");
        if (picture.Failure is { } failure)
            text.Append(paths).Append(",,,,,,,,,").Append(CsvField.Of(failure)).Append('\n');
        for (int i = 0; i < picture.Errors.Count; i++)
            AddErrors(text.Append(paths).Append(CultureInfo.InvariantCulture, $"{picture.Width},{picture.Height}"), variants[i], picture.Errors[i]);
    }

    private static void AddErrors(StringBuilder text, EvaluationVariant variant, AlphaErrors errors) => text.Append(CultureInfo.InvariantCulture,
        $",{variant.TtaName},{variant.PostName},{errors.Mse:R},{errors.Mad:R},{errors.Sad:R},{errors.Gradient:R},{errors.Connectivity:R},\n");
}
