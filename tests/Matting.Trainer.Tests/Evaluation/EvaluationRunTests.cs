using Matting.Shared.Imaging;
using Matting.Shared.Metrics;
using Matting.Shared.Postprocessing;
using Matting.Testing;
using Matting.Trainer.Data;
using Matting.Trainer.Evaluation;
using Matting.Trainer.Pictures;
using Matting.Trainer.Tests.Data;

namespace Matting.Trainer.Tests.Evaluation;

public sealed class EvaluationRunTests : IDisposable
{
    private const int Height = 24;
    private const int Width = 40;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(100, false)]
    [InlineData(2, true)]
    public void Every_picture_gets_the_errors_of_every_variant_whatever_the_batch(int batch, bool native)
    {
        EvaluationVariant[] variants =
        [
            EvaluationVariant.Plain, new(true, null), new(false, new ComponentOptions { Support = 0.5 }), new(true, new CalibrationOptions { Gamma = 2 }),
        ];
        SampleTable table = Table(7);
        List<int> told = [];
        SlantedModel model = new();

        EvaluationReport report = EvaluationRun.Run(
            table, model, Options(batch) with { Native = native, Variants = variants }, picture => told.Add(picture.Sample.Row), TestContext.Current.CancellationToken);

        Assert.Equal(table.Rows.Select(row => row.Row), told);
        Assert.Equal(told, report.Pictures.Select(picture => picture.Sample.Row));
        // each picture beside its mirror
        Assert.Equal(14, model.Runs.Sum(run => run.Batch));
        Assert.All(model.Runs, run => Assert.Equal((Height, Width), (run.Height, run.Width)));
        foreach (PictureScore picture in report.Pictures)
        {
            Assert.Equal(native ? (50, 30) : (Width, Height), (picture.Width, picture.Height));
            Assert.Equal(variants.Select(variant => ByHand(picture.Sample, variant, native)), picture.Errors);
        }
        for (int i = 0; i < variants.Length; i++)
            Assert.Equal(report.Pictures.Average(picture => picture.Errors[i].Mse), report.Total(i)!.Value.Mse, 1e-15);
    }

    [Fact]
    public void Without_flip_the_network_runs_once_a_picture()
    {
        SlantedModel model = new();
        EvaluationRun.Run(Table(5), model, Options(2), stop: TestContext.Current.CancellationToken);
        Assert.Equal([2, 2, 1], model.Runs.Select(run => run.Batch));
    }

    [Fact]
    public void A_picture_that_cannot_be_used_is_reported_and_the_others_are_measured()
    {
        SampleTable table = Table(5);
        File.WriteAllText(table.Rows[1].ImagePath, "no picture");
        ImageFile.Write(table.Rows[2].AlphaPath, new PixelImage(3, 3, 1));
        File.Delete(table.Rows[4].AlphaPath);
        SlantedModel model = new();

        EvaluationReport report = EvaluationRun.Run(table, model, Options(2) with { Worst = 9, Best = 9 }, stop: TestContext.Current.CancellationToken);

        Assert.Equal((3, 2), (report.Failed, report.Measured.Count()));
        Assert.Contains($"row 3: {table.Rows[1].ImagePath}", report.Pictures[1].Failure, StringComparison.Ordinal);
        Assert.Contains("they must be equal", report.Pictures[2].Failure, StringComparison.Ordinal);
        Assert.Contains(table.Rows[4].AlphaPath, report.Pictures[4].Failure, StringComparison.Ordinal);
        // a batch of one usable picture, one of one, and none at all for the last one
        Assert.Equal([1, 1], model.Runs.Select(run => run.Batch));
        Assert.Equal(report.Measured.Average(picture => picture.Errors[0].Mse), report.Total(0)!.Value.Mse, 1e-15);
        Assert.Equal(ByHand(table.Rows[3], EvaluationVariant.Plain, native: false), report.Pictures[3].Errors[0]);
        Assert.Equal(2, report.Shown.Count);
    }

    [Fact]
    public void An_alpha_that_is_not_made_of_numbers_is_a_failure_and_no_average()
    {
        EvaluationReport report = EvaluationRun.Run(
            Table(2), new SlantedModel { FirstValue = float.NaN }, Options(2), stop: TestContext.Current.CancellationToken);
        Assert.Contains("not numbers", report.Pictures[0].Failure, StringComparison.Ordinal);
        Assert.Null(report.Pictures[1].Failure);
        Assert.Equal(report.Pictures[1].Errors[0], report.Total(0));
    }

    [Fact]
    public void Without_any_measured_picture_there_is_no_total()
    {
        SampleTable table = Table(1);
        File.WriteAllText(table.Rows[0].AlphaPath, "");
        EvaluationReport report = EvaluationRun.Run(table, new SlantedModel(), Options(1) with { Worst = 1 }, stop: TestContext.Current.CancellationToken);
        Assert.Null(report.Total(0));
        Assert.Empty(report.Shown);
        Assert.Empty(report.Worst(3));
    }

    [Fact]
    public void The_worst_and_the_best_are_shown_in_that_order_and_none_twice()
    {
        SampleTable table = Table(7);
        EvaluationReport report = EvaluationRun.Run(table, new SlantedModel(), Options(2) with { Worst = 2, Best = 3 }, stop: TestContext.Current.CancellationToken);
        EvaluationReport small = EvaluationRun.Run(
            table with { Rows = [.. table.Rows.Take(3)] }, new SlantedModel(), Options(2) with { Worst = 2, Best = 3 }, stop: TestContext.Current.CancellationToken);

        PictureScore[] ranked = [.. report.Pictures.OrderByDescending(picture => picture.Errors[0].Mse)];
        Assert.Equal(ranked.Take(2), report.Worst(2));
        PictureScore[] shown = [ranked[0], ranked[1], ranked[6], ranked[5], ranked[4]];
        Assert.Equal(shown.Select(picture => (double?)picture.Errors[0].Mse), report.Shown.Select(example => example.KnownMse));
        Assert.Equal(["worst 1", "worst 2", "best 1", "best 2", "best 3"], report.Shown.Select(example => example.Caption.Split(':')[0]));
        Assert.All(report.Shown, example => Assert.Equal((Width, Height, 1), (example.Alpha.Width, example.Alpha.Height, example.Alpha.Channels)));
        Assert.Equal(["worst 1", "worst 2", "best 1"], small.Shown.Select(example => example.Caption.Split(':')[0]));
        Assert.Equal(3, small.Shown.Select(example => example.Image).Distinct().Count());
        Assert.Equal(3, ContactSheet.Compose(small.Shown).Channels);
    }

    [Fact]
    public void A_cancelled_evaluation_ends_with_the_exception_before_the_next_run()
    {
        using CancellationTokenSource stop = new();
        SlantedModel model = new() { Before = number => { if (number == 1) stop.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => EvaluationRun.Run(Table(6), model, Options(1), stop: stop.Token));
        Assert.Equal(2, model.Runs.Count);
    }

    [Fact]
    public void A_failing_model_is_nobody_s_single_picture()
    {
        SlantedModel model = new() { Before = number => { if (number == 2) throw new InvalidOperationException("out of order"); } };
        Assert.Throws<InvalidOperationException>(() => EvaluationRun.Run(Table(6), model, Options(1), stop: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        SampleTable table = Table(1);
        EvaluationOptions right = Options(1);
        foreach (EvaluationOptions wrong in (ReadOnlySpan<EvaluationOptions>)
            [
                right with { Height = 0 }, right with { Width = -1 }, right with { Batch = 0 }, right with { Worst = -1 }, right with { Best = -1 },
                right with { Variants = [] }, right with { Height = 65_535, Width = 65_535 }, right with { Batch = int.MaxValue },
            ])
            Assert.ThrowsAny<ArgumentException>(() => EvaluationRun.Run(table, new SlantedModel(), wrong, stop: TestContext.Current.CancellationToken));
    }

    private static EvaluationOptions Options(int batch) => new() { Height = Height, Width = Width, Batch = batch };

    private SampleTable Table(int count) => SampleTableReader.Read(SampleFiles.Write(_folder, "val.csv", count, 50, 30));

    /// <summary>One picture from its files to its errors, with nothing shared but the operations themselves.</summary>
    private static AlphaErrors ByHand(SampleRow row, EvaluationVariant variant, bool native)
    {
        PixelImage rgb = PillowResize.Bilinear(ImageFile.ReadRgb(row.ImagePath), Width, Height), truth = ImageFile.ReadGrey(row.AlphaPath);
        float[] alpha = Predicted(rgb, mirror: false);
        if (variant.Flip)
        {
            float[] mirrored = Predicted(rgb, mirror: true);
            for (int i = 0; i < alpha.Length; i++)
                alpha[i] = (alpha[i] + mirrored[(i / Width * Width) + Width - 1 - (i % Width)]) * 0.5f;
        }
        variant.Post?.Create().Apply(alpha, Width, Height, alpha);
        if (native)
        {
            PixelImage grey = new(Width, Height, 1);
            Quantise.Truncate(alpha, grey.Pixels);
            alpha = [.. PillowResize.Bilinear(grey, truth.Width, truth.Height).Pixels.Select(level => level / 255f)];
        }
        else
        {
            truth = PillowResize.Bilinear(truth, Width, Height);
        }
        return new AlphaErrorMeter().Measure(alpha, [.. truth.Pixels.Select(level => level / 255f)], truth.Width, truth.Height);
    }

    private static float[] Predicted(PixelImage rgb, bool mirror)
    {
        float[] input = new float[3 * Height * Width], alpha = new float[Height * Width];
        Preprocessing.ToNchw(rgb, NormalisationProfile.Unit, input, mirror);
        SlantedModel.Predict(input.AsSpan(0, Height * Width), Width, alpha);
        return alpha;
    }
}
