using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matting.Shared.Metrics;
using Matting.Shared.Postprocessing;

namespace Matting.Trainer.Evaluation;

/// <summary>
/// A report as JSON: what was judged and how, the units, then for each variant its post-process with all numbers and the mean
/// errors, then the pictures with their errors in the order of the variants, or with the reason why there are none.
/// </summary>
internal static class EvaluationJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Numbers = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static string Of(EvaluationReport report)
    {
        EvaluationOptions options = report.Options;
        JsonObject document = new()
        {
            ["csv"] = report.Csv,
            ["model"] = report.Model,
            ["network"] = report.Network,
            ["engine"] = report.Engine,
            ["profile"] = report.Profile,
            ["height"] = options.Height,
            ["width"] = options.Width,
            ["comparedAt"] = options.Native ? "the size of each picture" : "the size of the network",
            ["units"] = new JsonObject
            {
                ["mse"] = "mean over pixels, alpha 0..1",
                ["mad"] = "mean over pixels, alpha 0..1",
                ["sad"] = "sum over pixels / 1000",
                ["grad"] = "sum over pixels / 1000",
                ["conn"] = "sum over pixels / 1000",
            },
            ["measured"] = report.Pictures.Count - report.Failed,
            ["failed"] = report.Failed,
            ["variants"] = new JsonArray([.. options.Variants.Select((variant, i) => Variant(variant, report.Total(i)))]),
            ["pictures"] = new JsonArray([.. report.Pictures.Select(Picture)]),
        };
        return document.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Variant(EvaluationVariant variant, AlphaErrors? mean) => new()
    {
        ["tta"] = variant.TtaName,
        ["post"] = variant.PostName,
        ["postOptions"] = variant.Post switch
        {
            ComponentOptions components => JsonSerializer.SerializeToNode(components, Numbers),
            CalibrationOptions calibration => JsonSerializer.SerializeToNode(calibration, Numbers),
            _ => null,
        },
        ["mean"] = mean is { } errors ? Errors(errors) : null,
    };

    private static JsonObject Picture(PictureScore picture)
    {
        JsonObject entry = new()
        {
            ["row"] = picture.Sample.Row,
            ["image"] = picture.Sample.ImagePath,
            ["alpha"] = picture.Sample.AlphaPath,
        };
        if (picture.Failure is { } failure)
        {
            entry["error"] = failure;
            return entry;
        }
        (entry["width"], entry["height"]) = (picture.Width, picture.Height);
        entry["errors"] = new JsonArray([.. picture.Errors.Select(Errors)]);
        return entry;
    }

    private static JsonObject Errors(AlphaErrors errors) => new()
    {
        ["mse"] = errors.Mse,
        ["mad"] = errors.Mad,
        ["sad"] = errors.Sad,
        ["grad"] = errors.Gradient,
        ["conn"] = errors.Connectivity,
    };
}
