using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Bench;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Postprocessing;

namespace Matting.Runtime.Tests.Bench;

public sealed class BenchRunTests
{
    private static readonly BenchPlan Plan = new()
    {
        Model = "model",
        Description = MattingModelOptions.Default,
        Devices = ["cpu"],
        Threads = [1],
        Sizes = [new PictureSize(8, 8)],
        Batches = [1],
        Ttas = [TestTimeAugmentation.None],
        Post = ComponentOptions.Default,
        Result = ResultOptions.Default,
        Time = TimeSpan.FromMilliseconds(1),
        Runs = 1,
    };

    [Fact]
    public void An_interruption_leaves_the_rows_that_were_measured()
    {
        using CancellationTokenSource source = new();
        using BenchPictures pictures = BenchPictures.Make();
        // a run of the network reads the clock four times: the first row is measured, the pipeline behind it is not
        CancellingClock clock = new(source, readings: 4);
        using BenchRun run = new(Plan, pictures, Load);
        Assert.False(run.Run(clock, source.Token));
        BenchReport report = run.Report(interrupted: true)!;
        Assert.True(report.Interrupted);
        Assert.Equal(new SessionKey("cpu", 1, 8, 8), Assert.Single(report.Sessions).Session);
        NetworkReport row = Assert.Single(report.NetworkRuns);
        Assert.Equal(1, row.Times.Runs);
        Assert.Empty(report.Stages);
        Assert.Empty(report.Pipelines);
        using StringWriter text = new();
        new BenchText(text).Show(report);
        Assert.Contains("interrupted", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_interruption_while_the_model_is_loaded_leaves_what_was_loaded()
    {
        using CancellationTokenSource source = new();
        using BenchPictures pictures = BenchPictures.Make();
        using BenchRun run = new(Plan, pictures, options =>
        {
            source.Cancel();
            return Load(options);
        });
        Assert.False(run.Run(TimeProvider.System, source.Token));
        BenchReport report = run.Report(interrupted: true)!;
        Assert.Null(Assert.Single(report.Sessions).WarmUpMs);
        Assert.Empty(report.NetworkRuns);
    }

    [Fact]
    public void An_interruption_before_anything_leaves_nothing()
    {
        using BenchPictures pictures = BenchPictures.Make();
        using BenchRun run = new(Plan, pictures, Load);
        Assert.False(run.Run(TimeProvider.System, new CancellationToken(canceled: true)));
        Assert.Null(run.Report(interrupted: true));
    }

    [Fact]
    public void The_picture_that_is_made_is_deleted_in_the_end()
    {
        string file;
        using (BenchPictures pictures = BenchPictures.Make())
        {
            file = Assert.Single(pictures.Files);
            Assert.True(File.Exists(file));
        }
        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
    }

    [Fact]
    public void Memory_is_measured_and_its_peak_is_never_below_what_is_resident()
    {
        ProcessMemory.ResetPeak();
        Assert.InRange(ProcessMemory.Now(), 1, long.MaxValue);
        Assert.True(ProcessMemory.Peak() > 0);
    }

    private static MattingModel Load(MattingModelOptions options) => MattingModel.Load(MattingSmall.WithCard(), "model", options);

    /// <summary>The system's clock, which interrupts after some readings.</summary>
    private sealed class CancellingClock(CancellationTokenSource source, int readings) : TimeProvider
    {
        private int _readings;

        public override long GetTimestamp()
        {
            if (Interlocked.Increment(ref _readings) == readings)
                source.Cancel();
            return base.GetTimestamp();
        }
    }
}
