using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Testing;
using Matting.Trainer.Baselines;
using Matting.Trainer.Data;
using Matting.Trainer.Synthesis;

namespace Matting.Trainer.Tests.Baselines;

public sealed class BaselineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_equal_a_slow_search_over_every_constant_and_threshold()
    {
        SampleTable table = Random("random", 3, seed: 1);
        BaselineReport report = Of(table);
        (double[] luma, double[] alpha)[] pictures = [.. table.Rows.Select(Pixels)];

        double constant = pictures.Average(picture => picture.alpha.Average());
        Assert.Equal(constant, report.Constant.Alpha, 12);
        Assert.Equal(pictures.Average(picture => picture.alpha.Average(a => (a - constant) * (a - constant))), report.ConstantMse, 12);

        double best = double.PositiveInfinity;
        for (int level = 0; level <= 256; level++)
        {
            foreach (bool bright in (bool[])[true, false])
            {
                best = Math.Min(best, pictures.Average(picture => picture.luma.Zip(picture.alpha, (l, a) =>
                {
                    double p = l >= level == bright ? 1 : 0;
                    return (p - a) * (p - a);
                }).Average()));
            }
        }
        Assert.Equal(best, report.LumaMse, 12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Objects_that_differ_in_brightness_are_found_without_error_in_both_polarities(bool bright)
    {
        SampleTable table = Write("set", [(Plane(8, 8, i => (byte)((i < 20) == bright ? 180 : 60)), Plane(8, 8, i => (byte)(i < 20 ? 255 : 0)))]);
        BaselineReport report = Of(table);
        Assert.Equal(bright, report.Luma.ObjectIsBright);
        Assert.InRange(report.Luma.Level, 61, 180);
        Assert.Equal(0, report.LumaMse, 12);
        Assert.Equal(20 / 64.0, report.Constant.Alpha, 12);
    }

    [Fact]
    public void Every_picture_counts_the_same_whatever_its_size()
    {
        SampleTable table = Write("set", [(Plane(2, 2, _ => 9), Plane(2, 2, _ => 255)), (Plane(20, 20, _ => 9), Plane(20, 20, _ => 0))]);
        Assert.Equal(0.5, Of(table).Constant.Alpha, 12);
        Assert.Equal(0.25, Of(table).ConstantMse, 12);
    }

    [Fact]
    public void Chosen_on_other_pictures_they_are_measured_on_these()
    {
        SampleTable bright = Write("bright", [(Plane(4, 4, i => (byte)(i < 8 ? 200 : 50)), Plane(4, 4, i => (byte)(i < 8 ? 255 : 0)))]);
        SampleTable dark = Write("dark", [(Plane(4, 4, i => (byte)(i < 4 ? 50 : 200)), Plane(4, 4, i => (byte)(i < 4 ? 255 : 0)))]);
        BaselineReport report = Of(dark, bright);
        Assert.Equal(bright.File, report.FittedOn);
        Assert.Equal(dark.File, report.Csv);
        Assert.Equal(1, report.LumaMse, 12);
        Assert.Equal(0.5, report.Constant.Alpha, 12);
        Assert.Equal(0.25, report.ConstantMse, 12);
    }

    [Fact]
    public void At_a_size_everything_is_resized_first()
    {
        SampleTable table = Random("random", 2, seed: 5);
        BaselineReport report = BaselineReport.Of(table, null, (3, 5), ImageReadOptions.Default, null, TestContext.Current.CancellationToken);
        double mean = table.Rows.Average(row => PillowResize.Bilinear(ImageFile.ReadGrey(row.AlphaPath), 5, 3).Pixels.Average(level => level / 255.0));
        Assert.Equal(mean, report.Constant.Alpha, 12);
        Assert.NotEqual(Of(table).ConstantMse, report.ConstantMse);
    }

    [Fact]
    public void Luma_tells_little_about_synthetic_pictures()
    {
        SyntheticDataset.Write(
            new SynthesisOptions { Folder = _folder.File("synth"), Count = 48, Height = 48, Width = 48, TestCount = 0, Seed = 3 },
            null, TestContext.Current.CancellationToken);
        BaselineReport report = Of(SampleTableReader.Read(_folder.File("synth", "train.csv")));
        // a generator whose objects were simply bright or dark would be solved by the threshold
        Assert.True(report.LumaMse > 0.8 * report.ConstantMse, $"luma {report.LumaMse:0.0000}, constant {report.ConstantMse:0.0000}");
        Assert.InRange(report.Constant.Alpha, 0.08, 0.5);
    }

    [Fact]
    public void A_picture_of_another_size_than_its_alpha_is_named()
    {
        SampleTable table = Write("set", [(Plane(4, 4, _ => 0), Plane(4, 5, _ => 0))]);
        Exception failure = Record.Exception(() => Of(table))!;
        UnreadableSampleException refusal = Assert.IsType<UnreadableSampleException>((failure as AggregateException)?.InnerException ?? failure);
        Assert.Contains("row 2", refusal.Message, StringComparison.Ordinal);
    }

    private static BaselineReport Of(SampleTable table, SampleTable? fitted = null) =>
        BaselineReport.Of(table, fitted, null, ImageReadOptions.Default, null, TestContext.Current.CancellationToken);

    private SampleTable Random(string name, int count, long seed)
    {
        SeededRandom random = new(seed);
        PixelImage Noise(int width) => Plane(width, 9, _ => (byte)random.Next(256));
        return Write(name, [.. Enumerable.Range(13, count).Select(width => (Noise(width), Noise(width)))]);
    }

    private SampleTable Write(string name, (PixelImage Image, PixelImage Alpha)[] pairs)
    {
        List<string> rows = ["image_path,alpha_path"];
        for (int i = 0; i < pairs.Length; i++)
        {
            ImageFile.Write(_folder.File(name, $"i{i}.png"), pairs[i].Image);
            ImageFile.Write(_folder.File(name, $"a{i}.png"), pairs[i].Alpha);
            rows.Add($"i{i}.png,a{i}.png");
        }
        return SampleTableReader.Read(_folder.Text($"{name}/set.csv", string.Join('\n', rows)));
    }

    private static PixelImage Plane(int width, int height, Func<int, byte> level) =>
        new(width, height, 1, [.. Enumerable.Range(0, width * height).Select(level)]);

    private static (double[] Luma, double[] Alpha) Pixels(SampleRow row) => (
        [.. ImageFile.ReadGrey(row.ImagePath).Pixels.Select(level => (double)level)],
        [.. ImageFile.ReadGrey(row.AlphaPath).Pixels.Select(level => level / 255.0)]);
}
