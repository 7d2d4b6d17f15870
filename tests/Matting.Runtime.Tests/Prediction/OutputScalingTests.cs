using Matting.Runtime.Sessions;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Runtime.Tests.Prediction;

public sealed class OutputScalingTests
{
    // float32 arithmetic in another order; values are below 1
    private const double Tolerance = 1e-6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_sigmoid_is_that_of_the_formula(int count)
    {
        float[] values = Random(count, 40);
        float[] expected = [.. values.Select(x => (float)(1 / (1 + Math.Exp(-x))))];
        new OutputScaling(OutputNormalisation.Sigmoid, "y", "m").Apply(values, count);
        for (int i = 0; i < count; i++)
            Assert.Equal(expected[i], values[i], Tolerance);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 77)]
    [InlineData(2, 1024)]
    public void A_stretch_takes_each_map_on_its_own(int maps, int pixels)
    {
        float[] values = Random(maps * pixels, 3);
        float[] expected = new float[values.Length];
        for (int map = 0; map < maps; map++)
        {
            float min = float.MaxValue, max = float.MinValue;
            for (int i = map * pixels; i < (map + 1) * pixels; i++)
                (min, max) = (Math.Min(min, values[i]), Math.Max(max, values[i]));
            for (int i = map * pixels; i < (map + 1) * pixels; i++)
                expected[i] = (values[i] - min) / (max - min);
        }
        new OutputScaling(OutputNormalisation.MinMax, "y", "m").Apply(values, pixels);
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], Tolerance);
    }

    [Theory]
    [InlineData(0.25f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_constant_map_has_nothing_to_stretch(float value)
    {
        float[] values = [value, value, value];
        new OutputScaling(OutputNormalisation.MinMax, "y", "m").Apply(values, 3);
        Assert.All(values, result => Assert.Equal(value, result));
    }

    [Fact]
    public void None_changes_nothing_whatever_the_values()
    {
        float[] values = Random(50, 40), before = [.. values];
        new OutputScaling(OutputNormalisation.None, "y", "m").Apply(values, 50);
        Assert.Equal(before, values);
    }

    [Theory]
    [InlineData(-3f, 0.5f)]
    [InlineData(0f, 200f)]
    public void Logits_of_which_nobody_has_said_so_are_refused_with_the_flags_that_help(float low, float high)
    {
        MattingModelException refused = Assert.Throws<MattingModelException>(() => new OutputScaling(null, "1959", "some.onnx").Apply([low, high], 2));
        Assert.Equal(MattingModelError.Undescribed, refused.Reason);
        Assert.Contains("some.onnx: output '1959' holds values from", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--normalise-output sigmoid", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_no_number_is_left_to_the_check_that_all_models_pass(float value)
    {
        float[] values = [value, 0.5f];
        new OutputScaling(null, "y", "m").Apply(values, 2);
        Assert.Equal([value, 0.5f], values);
    }

    [Fact]
    public void A_little_overshoot_is_alpha_and_is_cut_off()
    {
        float[] values = [-0.1f, 1.2f];
        new OutputScaling(null, "y", "m").Apply(values, 2);
        Assert.Equal([-0.1f, 1.2f], values);
    }

    [Fact]
    public void A_model_of_logits_says_so_when_it_predicts_and_runs_when_it_is_told()
    {
        byte[] file = new ForeignGraph { Logits = true }.ToBytes();
        PixelImage picture = Pictures.Rgb(16, 16);
        using MattingModel untold = MattingModel.Load(file, "logits.onnx", new() { Profile = "half" });
        Assert.Contains("logits.onnx: output 'output' holds values", Assert.Throws<MattingModelException>(() => untold.Predict(picture, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        using MattingModel told = MattingModel.Load(file, "logits.onnx", new() { Profile = "half", OutputNormalisation = OutputNormalisation.Sigmoid });
        using MattingModel whole = MattingModel.Load(new ForeignGraph().ToBytes(), "whole.onnx", new() { Profile = "half" });
        byte[] expected = whole.Predict(picture, cancellation: Cancellation).Pixels, actual = told.Predict(picture, cancellation: Cancellation).Pixels;
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(Math.Abs(expected[i] - actual[i]), 0, 1);
    }

    [Fact]
    public void The_bare_network_stays_bare()
    {
        byte[] file = new ForeignGraph { Logits = true }.ToBytes();
        using MattingModel model = MattingModel.Load(file, "logits.onnx", new() { Profile = "half", OutputNormalisation = OutputNormalisation.Sigmoid });
        float[] input = Random(3 * 16 * 16, 3), logits = new float[16 * 16];
        model.Run(input, 1, 16, 16, logits, Cancellation);
        Assert.Contains(logits, value => value is < 0 or > 1);
    }

    private static float[] Random(int count, double span)
    {
        SeededRandom random = new(count);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * span))];
    }
}
