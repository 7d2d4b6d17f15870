using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Prediction;

public sealed class PredictTests
{
    // float32 sums against double ones; the logits are below 10
    private const double Tolerance = 1e-6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 5, 7)]
    [InlineData(2, 32, 32)]
    [InlineData(3, 1, 1)]
    public void A_bare_run_gives_what_the_network_computes(int batch, int height, int width)
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(), "model");
        float[] input = [.. Enumerable.Range(0, batch * 3 * height * width).Select(i => (i * 37 % 101 / 50f) - 1)];
        float[] alpha = new float[batch * height * width];
        model.Run(input, batch, height, width, alpha, Cancellation);
        Near.AssertClose(MattingSmall.Twin(input, batch, height, width), alpha, Tolerance);
    }

    [Fact]
    public void A_bare_run_refuses_lengths_and_sizes_that_do_not_fit()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        float[] input = new float[192], alpha = new float[64];
        Assert.Throws<ArgumentException>(() => model.Run(input, 1, 8, 9, alpha, Cancellation));
        Assert.Throws<ArgumentException>(() => model.Run(input, 2, 8, 8, alpha, Cancellation));
        Assert.Throws<ArgumentException>(() => model.Run(input, 1, 8, 8, alpha.AsSpan(1), Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Run(input, 0, 8, 8, alpha, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Run(input, 1, -8, -8, alpha, Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_picture_of_the_network_s_size_is_predicted_as_it_is(bool flip)
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(24, 40), "model");
        PixelImage rgb = Pictures.Rgb(40, 24);
        PixelImage alpha = model.Predict(rgb, new() { Tta = flip ? TestTimeAugmentation.Flip : TestTimeAugmentation.None }, Cancellation);
        Assert.Equal((40, 24, 1), (alpha.Width, alpha.Height, alpha.Channels));
        AssertWithinOneLevel(Quantised(MattingSmall.Twin(rgb, model.Profile, flip)), alpha.Pixels);
    }

    [Theory]
    [InlineData(TestTimeAugmentation.None)]
    [InlineData(TestTimeAugmentation.Flip)]
    public void Another_picture_is_resized_there_and_its_alpha_back_as_Pillow_would(TestTimeAugmentation tta)
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(16, 32), "model");
        PixelImage rgb = Pictures.Rgb(75, 50);
        PixelImage sized = PillowResize.Bilinear(rgb, 32, 16);
        PixelImage small = model.Predict(sized, new() { Tta = tta }, Cancellation);
        PixelImage alpha = model.Predict(rgb, new() { Tta = tta }, Cancellation);
        Near.AssertSameBytes(PillowResize.Bilinear(small, 75, 50).Pixels, alpha.Pixels);
    }

    [Fact]
    public void The_profile_of_the_card_prepares_the_picture()
    {
        PixelImage rgb = Pictures.Rgb(16, 8);
        foreach (NormalisationProfile profile in NormalisationProfile.Known)
        {
            using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 16, profile), "model");
            AssertWithinOneLevel(Quantised(MattingSmall.Twin(rgb, profile)), model.Predict(rgb, null, Cancellation).Pixels);
        }
    }

    [Fact]
    public void What_the_network_sees_is_the_resized_and_normalised_picture()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(16, 32, NormalisationProfile.Imagenet), "model");
        PixelImage rgb = Pictures.Rgb(75, 50);
        float[] expected = new float[3 * 16 * 32];
        Preprocessing.ToNchw(PillowResize.Bilinear(rgb, 32, 16), NormalisationProfile.Imagenet, expected);
        float[] seen = new float[3 * 16 * 32];
        model.Prepare(rgb, seen);
        Assert.Equal(expected, seen);
        Assert.Equal(new NetworkSize(16, 32), model.SizeFor(50, 75));
        Assert.Throws<ArgumentException>(() => model.Prepare(rgb, new float[3]));
    }

    [Fact]
    public void A_model_of_open_size_runs_at_the_picture_s_own()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(), "model");
        PixelImage rgb = Pictures.Rgb(64, 96);
        AssertWithinOneLevel(Quantised(MattingSmall.Twin(rgb, model.Profile)), model.Predict(rgb, null, Cancellation).Pixels);
        PixelImage odd = model.Predict(Pictures.Rgb(3, 500), new() { LongestSide = 64 }, Cancellation);
        Assert.Equal((3, 500), (odd.Width, odd.Height));
    }

    [Fact]
    public void A_foreign_model_of_one_picture_a_run_does_flip_TTA_too()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.Foreign(1, 8, 16), "foreign", new() { Profile = "half" });
        PixelImage rgb = Pictures.Rgb(16, 8);
        PixelImage alpha = model.Predict(rgb, new() { Tta = TestTimeAugmentation.Flip }, Cancellation);
        AssertWithinOneLevel(Quantised(MattingSmall.Twin(rgb, model.Profile, flip: true)), alpha.Pixels);
    }

    [Fact]
    public void A_picture_that_is_not_RGB_is_refused()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        Assert.Throws<ArgumentException>(() => model.Predict(new PixelImage(8, 8, 1), null, Cancellation));
        Assert.Throws<ArgumentException>(() => model.Predict(new PixelImage(8, 8, 4), null, Cancellation));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(8, 8), "model");
        PixelImage rgb = Pictures.Rgb(8, 8);
        Assert.Throws<ArgumentException>(() => model.Predict(rgb, new() { Batch = 0 }, Cancellation));
        Assert.Throws<ArgumentException>(() => model.Predict(rgb, new() { LongestSide = 16 }, Cancellation));
        Assert.Throws<ArgumentException>(() => model.Predict(rgb, new() { Tta = (TestTimeAugmentation)9 }, Cancellation));
    }

    [Fact]
    public void A_graph_that_fails_while_it_runs_is_reported_with_the_model_s_name()
    {
        // claims alpha of the picture's size but computes a strided one
        byte[] model = new TinyModel()
            .Input("image", TinyModel.Float, "N", 3, "H", "W").Output("alpha", TinyModel.Float, "N", 1, "H", "W")
            .Weights("w", new float[12], 1, 3, 2, 2)
            .Node("Conv", ["image", "w"], ["alpha"], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })).ToBytes();
        using MattingModel loaded = MattingModel.Load(model, "strided.onnx", new() { Profile = "half", Height = 8, Width = 8 });
        MattingModelException failed = Assert.Throws<MattingModelException>(() => loaded.Predict(Pictures.Rgb(8, 8), null, Cancellation));
        Assert.Equal(MattingModelError.RunFailed, failed.Reason);
        Assert.StartsWith("strided.onnx: ", failed.Message, StringComparison.Ordinal);
    }

    private static byte[] Quantised(float[] alpha)
    {
        byte[] levels = new byte[alpha.Length];
        Quantise.Truncate(alpha, levels);
        return levels;
    }

    // a value on the border between two levels may fall to either side of it
    private static void AssertWithinOneLevel(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(actual[i] - expected[i], -1, 1);
    }
}
