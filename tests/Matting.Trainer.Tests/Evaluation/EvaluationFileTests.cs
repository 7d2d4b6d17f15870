using System.Text.Json;
using Matting.Shared.Metrics;
using Matting.Shared.Postprocessing;
using Matting.Testing;
using Matting.Trainer.Data;
using Matting.Trainer.Evaluation;

namespace Matting.Trainer.Tests.Evaluation;

public sealed class EvaluationFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private readonly EvaluationReport _report = new()
    {
        Csv = "val.csv",
        Model = "u2netp_best.pth",
        Network = "u2netp",
        Engine = "a test",
        Profile = "half",
        Options = new EvaluationOptions
        {
            Height = 64,
            Width = 96,
            Variants = [EvaluationVariant.Plain, new EvaluationVariant(true, new CalibrationOptions { Gamma = 1.5 })],
        },
        Pictures =
        [
            new PictureScore
            {
                Sample = new SampleRow(2, "a, \"b\".png", "a_alpha.png"),
                Width = 96,
                Height = 64,
                Errors = [new AlphaErrors(0.5, 0.25, 1.5, 0.125, 2), new AlphaErrors(0.1, 0.2, 0.3, 0.4, 0.5)],
            },
            new PictureScore { Sample = new SampleRow(3, "c.png", "c_alpha.png"), Failure = "c.png: is damaged, badly" },
            new PictureScore
            {
                Sample = new SampleRow(4, "d.png", "d_alpha.png"),
                Width = 96,
                Height = 64,
                Errors = [new AlphaErrors(1.5, 0.75, 0.5, 0.375, 4), new AlphaErrors(0.3, 0.4, 0.5, 0.6, 0.7)],
            },
        ],
        Shown = [],
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_csv_has_every_picture_and_variant_then_the_means()
    {
        string file = _folder.File("deep", "errors.csv");
        EvaluationFile.Write(file, _report);
        string[] lines = File.ReadAllText(file).Split('\n');
        Assert.Equal(
            [
                "row,image_path,alpha_path,width,height,tta,post,mse,mad,sad,grad,conn,error",
                "2,\"a, \"\"b\"\".png\",a_alpha.png,96,64,none,none,0.5,0.25,1.5,0.125,2,",
                "2,\"a, \"\"b\"\".png\",a_alpha.png,96,64,flip,calibrate,0.1,0.2,0.3,0.4,0.5,",
                "3,c.png,c_alpha.png,,,,,,,,,,\"c.png: is damaged, badly\"",
                "4,d.png,d_alpha.png,96,64,none,none,1.5,0.75,0.5,0.375,4,",
                "4,d.png,d_alpha.png,96,64,flip,calibrate,0.3,0.4,0.5,0.6,0.7,",
                ",mean,,,,none,none,1,0.5,1,0.25,3,",
            ],
            lines[..7]);
        Assert.StartsWith(",mean,,,,flip,calibrate,0.2,0.3", lines[7], StringComparison.Ordinal);
        Assert.Equal(("", 9), (lines[8], lines.Length));
        Assert.All([lines[0], lines[2].Replace("a, ", "", StringComparison.Ordinal), .. lines[4..8]], line => Assert.Equal(12, line.Count(character => character == ',')));
    }

    [Fact]
    public void The_json_says_what_was_judged_how_and_in_which_units()
    {
        string file = _folder.File("errors.JSON");
        EvaluationFile.Write(file, _report);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement root = document.RootElement;
        Assert.Equal(("val.csv", "u2netp_best.pth", "u2netp", "half", 64, 96, 2, 1), (
            Text("csv"), Text("model"), Text("network"), Text("profile"),
            root.GetProperty("height").GetInt32(), root.GetProperty("width").GetInt32(), root.GetProperty("measured").GetInt32(), root.GetProperty("failed").GetInt32()));
        Assert.Equal("sum over pixels / 1000", root.GetProperty("units").GetProperty("sad").GetString());
        JsonElement variant = root.GetProperty("variants")[1];
        Assert.Equal(("flip", "calibrate", 1.5), (
            variant.GetProperty("tta").GetString(), variant.GetProperty("post").GetString(), variant.GetProperty("postOptions").GetProperty("gamma").GetDouble()));
        Assert.Equal(0.2, variant.GetProperty("mean").GetProperty("mse").GetDouble(), 1e-15);
        Assert.Equal("c.png: is damaged, badly", root.GetProperty("pictures")[1].GetProperty("error").GetString());
        Assert.Equal(0.375, root.GetProperty("pictures")[2].GetProperty("errors")[0].GetProperty("grad").GetDouble());

        string? Text(string name) => root.GetProperty(name).GetString();
    }

    [Fact]
    public void A_report_without_measured_pictures_has_no_means()
    {
        EvaluationReport failed = _report with { Pictures = [_report.Pictures[1]] };
        EvaluationFile.Write(_folder.File("errors.csv"), failed);
        EvaluationFile.Write(_folder.File("errors.json"), failed);
        Assert.DoesNotContain("mean", File.ReadAllText(_folder.File("errors.csv")), StringComparison.Ordinal);
        Assert.Contains("\"mean\": null", File.ReadAllText(_folder.File("errors.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_names_and_existing_files_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EvaluationFile.Write(_folder.File("errors.txt"), _report));
        string there = _folder.Text("errors.csv", "mine");
        Assert.Throws<IOException>(() => EvaluationFile.Write(there, _report, overwrite: false));
        Assert.Equal("mine", File.ReadAllText(there));
    }
}
