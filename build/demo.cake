// Demo: the whole way once on pictures that it makes itself, in a few minutes on two cores.
#nullable enable

DirectoryPath demo = artifacts.Combine("demo");

// Side of the demo's pictures in pixels, the size that demo.yaml validates at: small, so that two cores see every picture
// whole and several times within minutes.
const string demoSize = "128";

void RunDemo()
{
    var data = demo.Combine("data");
    var run = demo.Combine("run");
    var alpha = demo.Combine("alpha");
    var model = demo.CombineWithFilePath("model.onnx");
    var submission = demo.CombineWithFilePath("submission.csv");
    var preview = demo.CombineWithFilePath("preview.png");
    var trainer = CommandPath("matting-train").FullPath;
    var matting = CommandPath("matting").FullPath;

    EnsureDirectoryExists(demo);
    CleanDirectory(demo);
    Step("Pictures to train on", trainer, "synth", "--out", $"{data}", "--count", "760", "--size", demoSize, "--val", "0.16", "--seed", "1");
    Step("Training", trainer, "train", "--recipe", "trainer/recipes/demo.yaml",
        "--set", $"data.train={data}/train.csv", "--set", $"data.val={data}/val.csv", "--set", $"output={run}");
    Step("Export to ONNX, verified against Torch", trainer, "export", $"{run}", "--out", $"{model}", "--size", demoSize);
    Step("Alpha of held-out pictures", matting, "predict", "--model", $"{model}", "--out", $"{alpha}", $"{data}/test");
    Step("Submission", matting, "submit", "--model", $"{model}", "--images", $"{data}/test", "--out", $"{submission}", "--tta", "flip");
    Step("Contact sheet", trainer, "sheet", "--csv", $"{data}/test.csv", "--alpha", $"{alpha}", "--out", $"{preview}");
    Compare(BestValidationMse(run.CombineWithFilePath("log.csv")), Baselines(trainer, data.CombineWithFilePath("val.csv")));
    Information($"Model {Shown(model)}, alphas {Shown(alpha)}, {Shown(submission)}, contact sheet {Shown(preview)}.");
}

void Step(string title, string program, params string[] arguments)
{
    Information($"--- {title}: {System.IO.Path.GetFileName(program)} {arguments[0]}");
    Run(program, arguments);
}

double BestValidationMse(FilePath log)
{
    var rows = System.IO.File.ReadLines(log.FullPath).Select(line => line.Split(',')).ToList();
    var column = Array.IndexOf(rows[0], "val_mse");
    return rows.Skip(1).Min(row => double.Parse(row[column], System.Globalization.CultureInfo.InvariantCulture));
}

// What needs no network: the same alpha everywhere, and the best threshold on the luma, both chosen on the very pictures
// that they are measured on: a head start that the network does not get.
Dictionary<string, double> Baselines(string trainer, FilePath csv)
{
    var outcome = Capture(TimeSpan.FromMinutes(5), trainer, "baselines", "--csv", csv.FullPath, "--size", demoSize, "--json");
    if (outcome.ExitCode != 0)
    {
        throw new CakeException($"matting-train baselines failed: {outcome.Output}");
    }

    using var report = System.Text.Json.JsonDocument.Parse(outcome.Output);
    return new()
    {
        ["constant mean alpha"] = report.RootElement.GetProperty("constantMse").GetDouble(),
        ["best luma threshold"] = report.RootElement.GetProperty("lumaMse").GetDouble(),
    };
}

// A network that does not beat both has learnt nothing worth showing.
void Compare(double network, Dictionary<string, double> baselines)
{
    Information($"{"validation MSE",-24} {network:F5}");
    foreach (var (name, mse) in baselines)
    {
        Information($"{name,-24} {mse:F5}  ({mse / network:F1} times the network's)");
    }

    if (baselines.Values.Min() <= network)
    {
        throw new CakeException("The validation MSE is not below both baselines.");
    }
}
