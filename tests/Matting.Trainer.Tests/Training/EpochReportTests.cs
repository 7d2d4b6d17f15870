using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

public sealed class EpochReportTests
{
    [Theory]
    [InlineData(5e-5, "5.00e-05")]
    [InlineData(1e-4, "1.00e-04")]
    [InlineData(0.5, "5.00e-01")]
    [InlineData(12.345, "1.23e+01")]
    [InlineData(5.000000000000001e-07, "5.00e-07")]
    public void The_lines_are_those_of_the_original_scripts(double lr, string printed)
    {
        EpochReport report = new()
        {
            Epoch = 3,
            Step = 30,
            TrainLoss = 1,
            TrainMse = 0.0123454,
            ValMse = 0.0234561,
            Lr = lr,
            TrainTime = TimeSpan.FromSeconds(2),
            SamplesPerSecond = 4,
            DataWaitShare = 0,
            PeakMemoryBytes = null,
            SavedBest = "/runs/a/u2netp_best.pth",
        };

        Assert.Equal(
            [$"Epoch 3: train_mse=0.012345 val_mse=0.023456 lr={printed}", " -> saved best model: u2netp_best.pth (val_mse=0.023456)"],
            report.Lines());
        Assert.Single((report with { SavedBest = null }).Lines());
        Assert.Equal(
            [$"Epoch 3: train_mse=0.012345 val_mse=0.023456 lr={printed} ema_val_mse=0.020000", " -> saved best average: u2netp_best_ema.pth (ema_val_mse=0.020000)"],
            (report with { SavedBest = null, EmaValMse = 0.02, SavedBestEma = "/runs/a/u2netp_best_ema.pth" }).Lines());
    }
}
