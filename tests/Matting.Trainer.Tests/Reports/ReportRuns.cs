using System.Globalization;
using System.Text;
using Matting.Shared.Imaging;
using Matting.Testing;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Tests.Reports;

/// <summary>Folders as runs leave them, without the training.</summary>
internal static class ReportRuns
{
    public const int StepsPerEpoch = 10;
    private const string Header = "epoch,step,train_loss,train_mse,val_mse,lr,unreadable,seconds,samples_per_second,data_wait_share,peak_memory_mib,saved\n";

    /// <summary>A run with logs, environment and pictures.</summary>
    public static string Write(TempFolder folder, string name, int epochs, Recipe? recipe = null)
    {
        string run = folder.File(name);
        WriteRecipe(run, "recipe.yaml", recipe);
        WriteLog(run, "log.csv", epochs);
        folder.Text(Path.Combine(name, "log.jsonl"), string.Concat(Enumerable.Range(1, epochs * StepsPerEpoch).Select(StepLine)));
        folder.Text(Path.Combine(name, "environment.json"),
            """{"started":"2026-01-02T03:04:05+00:00","git_commit":"0123456789abcdef0123456789abcdef01234567","engine":"TorchSharp 1","threads":3,"cpu":null}""");
        foreach (int epoch in Enumerable.Range(1, epochs))
            WritePicture(run, $"validation-epoch-{epoch:000}.png");
        WritePicture(run, "train-batch-epoch-001.png");
        return run;
    }

    public static void WriteRecipe(string run, string file, Recipe? recipe = null)
    {
        Directory.CreateDirectory(run);
        RecipeFile.Write(Path.Combine(run, file), recipe ?? new Recipe { Epochs = 12, Data = new DataRecipe { Train = "t.csv", Val = "v.csv" } });
    }

    public static void WriteLog(string run, string file, int epochs)
    {
        StringBuilder text = new(Header);
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            string saved = epoch <= 3 ? "u2netp_best.pth" : "";
            text.Append(CultureInfo.InvariantCulture,
                $"{epoch},{epoch * StepsPerEpoch},{1.0 / epoch:R},{0.3 / epoch:R},{0.1 + 0.01 * Math.Abs(epoch - 3):R},5E-05,0,12.5,3.2,0.015,512,{saved}\n");
        }
        File.WriteAllText(Path.Combine(run, file), text.ToString());
    }

    public static string StepLine(int step) => string.Create(CultureInfo.InvariantCulture,
        $"{{\"kind\":\"step\",\"epoch\":{(step - 1) / StepsPerEpoch + 1},\"step\":{step},\"samples\":4,\"loss\":{1.0 / step:R},\"mse\":{0.5 / step:R},\"lr\":5E-05,")
        + string.Create(CultureInfo.InvariantCulture, $"\"epoch_seconds\":{(step - 1) % StepsPerEpoch + 1},\"epoch_waited_seconds\":0.01}}\n");

    public static void WritePicture(string run, string name) => ImageFile.Write(Path.Combine(run, "pictures", name), new PixelImage(8, 6, 3));
}
