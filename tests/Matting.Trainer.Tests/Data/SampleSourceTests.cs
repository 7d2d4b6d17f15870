using Matting.Shared.Imaging;
using Matting.Testing;
using Matting.Trainer.Augmentation;
using Matting.Trainer.Configuration;
using Matting.Trainer.Data;

namespace Matting.Trainer.Tests.Data;

public sealed class SampleSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_crop_is_a_piece_of_the_picture_and_the_same_piece_of_the_alpha()
    {
        PixelImage coordinates = new(50, 40, 3), alpha = new(50, 40, 1);
        for (int i = 0; i < 50 * 40; i++)
        {
            (coordinates.Pixels[3 * i], coordinates.Pixels[3 * i + 1]) = ((byte)(i % 50), (byte)(i / 50));
            alpha.Pixels[i] = (byte)(i % 50 + 2 * (i / 50));
        }
        TrainingSamples samples = Training(WriteSample(coordinates, alpha), crop: 32, flip: 0.5);

        HashSet<(int Left, int Top, bool Mirror)> seen = [];
        for (int epoch = 0; epoch < 40; epoch++)
        {
            (float[] image, float[] unit) = Load(samples, 0, epoch);
            int[] x = [.. image.AsSpan(0, 32 * 32).ToArray().Select(Level)], y = [.. image.AsSpan(32 * 32, 32 * 32).ToArray().Select(Level)];
            bool mirror = x[0] > x[1];
            int left = mirror ? x[31] : x[0], top = y[0];
            for (int i = 0; i < 32 * 32; i++)
            {
                Assert.Equal((left + (mirror ? 31 - i % 32 : i % 32), top + i / 32), (x[i], y[i]));
                Assert.Equal(x[i] + 2 * y[i], Level(unit[i]));
            }
            seen.Add((left, top, mirror));
        }

        // 19 x 9 places and two directions: forty draws hardly repeat, and reach the borders' neighbourhood
        Assert.True(seen.Count > 25);
        Assert.Equal([false, true], seen.Select(draw => draw.Mirror).Distinct().Order());
        Assert.True(seen.Max(draw => draw.Left) > 12 && seen.Min(draw => draw.Left) < 6);
    }

    [Fact]
    public void The_shorter_side_is_drawn_anew_in_each_epoch_before_the_crop()
    {
        AugmentationOptions options = new() { Resize = new NumberPair(32, 40), Crop = 32, Flip = 0 };
        int[] sides = [.. Enumerable.Range(0, 200).Select(epoch => AugmentationDraw.ShorterSide(options, 5, epoch, 3)!.Value)];
        Assert.Equal(Enumerable.Range(32, 9), sides.Distinct().Order());
        Assert.Equal(sides[7], AugmentationDraw.ShorterSide(options, 5, 7, 3));
        Assert.Null(AugmentationDraw.ShorterSide(options with { Resize = null }, 5, 7, 3));

        // half the picture is object: where its edge lies tells the scale
        PixelImage image = new(120, 80, 3), alpha = new(120, 80, 1);
        for (int i = 0; i < 120 * 80; i++)
            alpha.Pixels[i] = (byte)(i / 120 >= 40 ? 255 : 0);
        TrainingSamples samples = new(WriteSample(image, alpha), new TrainingSampleOptions
        {
            Seed = 5,
            Augmentation = options with { Resize = new NumberPair(32, 32) },
            Profile = NormalisationProfile.Unit,
        });
        (_, float[] unit) = Load(samples, 0, 1);
        Assert.Equal(0.5, unit.Average(), 1e-3);
        Assert.Null(samples.Notice);
    }

    [Theory]
    [InlineData(20, 30)]
    [InlineData(33, 7)]
    [InlineData(1, 1)]
    public void A_picture_smaller_than_the_crop_is_scaled_up_to_fit(int width, int height)
    {
        PixelImage image = new(width, height, 3), alpha = new(width, height, 1);
        Array.Fill(image.Pixels, (byte)200);
        Array.Fill(alpha.Pixels, (byte)51);
        TrainingSamples samples = Training(WriteSample(image, alpha), crop: 64, flip: 0);

        (float[] chw, float[] unit) = Load(samples, 0, 1);

        Assert.All(chw, value => Assert.Equal(200f / 255, value));
        Assert.All(unit, value => Assert.Equal(0.2f, value));
    }

    [Fact]
    public void Validation_resizes_as_the_runtime_does_and_draws_nothing()
    {
        string csv = SampleFiles.Write(_folder, "v.csv", 1, 70, 45);
        SampleTable table = SampleTableReader.Read(csv);
        ValidationSamples samples = new(table, 32, NormalisationProfile.Imagenet);

        (float[] chw, float[] unit) = Load(samples, 0, 1);

        PixelImage rgb = PillowResize.Bilinear(ImageFile.ReadRgb(table.Rows[0].ImagePath), 32, 32);
        float[] expected = new float[3 * 32 * 32];
        Preprocessing.ToNchw(rgb, NormalisationProfile.Imagenet, expected);
        Assert.Equal(expected, chw);
        Assert.Equal(PillowResize.Bilinear(ImageFile.ReadGrey(table.Rows[0].AlphaPath), 32, 32).Pixels, unit.Select(value => (byte)Level(value)));
        Assert.Equal(chw, Load(samples, 0, 2).Image);
    }

    [Fact]
    public void Sizes_that_differ_are_an_error_with_row_and_both_sizes()
    {
        SampleFiles.WritePair(_folder.File("a.png"), _folder.File("a_alpha.png"), 40, 30, 1);
        SampleFiles.WritePair(_folder.File("b.png"), _folder.File("b_alpha.png"), 30, 40, 1);
        string csv = SampleFiles.WriteCsv(_folder, "t.csv", "image_path,alpha_path", "a.png,a_alpha.png", "a.png,b_alpha.png");
        TrainingSamples samples = Training(SampleTableReader.Read(csv), crop: 32, flip: 0);

        TrainingException e = Assert.ThrowsAny<TrainingException>(() => Load(samples, 1, 1));

        Assert.StartsWith($"{csv} row 3: the picture is 40x30 and its alpha 30x40 pixels", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_picture_is_an_error_with_row_and_file()
    {
        SampleFiles.WritePair(_folder.File("a.png"), _folder.File("a_alpha.png"), 40, 30, 1);
        File.WriteAllBytes(_folder.File("bad.png"), File.ReadAllBytes(_folder.File("a.png"))[..60]);
        string csv = SampleFiles.WriteCsv(_folder, "t.csv", "image_path,alpha_path", "bad.png,a_alpha.png");
        TrainingSamples samples = Training(SampleTableReader.Read(csv), crop: 32, flip: 0);

        TrainingException e = Assert.ThrowsAny<TrainingException>(() => Load(samples, 0, 1));

        Assert.StartsWith($"{csv} row 2: {_folder.File("bad.png")}: ", e.Message, StringComparison.Ordinal);
    }

    private static TrainingSamples Training(SampleTable table, int crop, double flip) =>
        new(table, new TrainingSampleOptions { Seed = 3, Augmentation = new() { Crop = crop, Flip = flip }, Profile = NormalisationProfile.Unit });

    private static (float[] Image, float[] Alpha) Load(ISampleSource samples, int index, long epoch)
    {
        float[] image = new float[3 * samples.Size * samples.Size], alpha = new float[samples.Size * samples.Size];
        samples.Load(index, epoch, image, alpha);
        return (image, alpha);
    }

    private static int Level(float unit) => (int)MathF.Round(255 * unit);

    private SampleTable WriteSample(PixelImage image, PixelImage alpha)
    {
        ImageFile.Write(_folder.File("image.png"), image);
        ImageFile.Write(_folder.File("alpha.png"), alpha);
        return SampleTableReader.Read(SampleFiles.WriteCsv(_folder, "t.csv", "image_path,alpha_path", "image.png,alpha.png"));
    }
}
