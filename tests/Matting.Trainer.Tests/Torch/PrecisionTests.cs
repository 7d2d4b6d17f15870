using Matting.Shared.Networks;
using Matting.Testing;
using Matting.Trainer.Configuration;
using Matting.Trainer.Losses;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Recipes;
using Matting.Trainer.Torch;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Trainer.Tests.Torch;

public sealed class PrecisionTests
{
    // eight bits of precision through a hundred layers, on average; single pixels of a network of random weights are off by 0.1
    private const double BFloat16MeanError = 0.02;

    [Fact]
    public void Memory_formats_differ_by_rounding_only()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (float[] side, _) = Step(new ComputeOptions());
        (float[] planes, _) = Step(new ComputeOptions { ChannelsLast = false });
        Near.AssertClose(planes, side, 1e-4, what: "d0");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_bf16_predictions_gradients_and_statistics_are_float32_and_close(bool channelsLast)
    {
        Assert.SkipUnless(CpuFeatures.HasBFloat16, "SKIPPED: this CPU does not compute in bfloat16");
        using DisposeScope scope = torch.NewDisposeScope();
        (float[] expected, float[] statistics) = Step(new ComputeOptions());
        (float[] d0, float[] rounded) = Step(new ComputeOptions { Precision = Precision.Bf16, ChannelsLast = channelsLast });
        double error = expected.Zip(d0, (a, b) => Math.Abs((double)a - b)).Average();
        Assert.InRange(error, 1e-6, BFloat16MeanError);
        Near.AssertClose(statistics, rounded, 0.01, 0.02, "running variance");
    }

    [Fact]
    public void Bf16_learns_as_fp32_does()
    {
        Assert.SkipUnless(CpuFeatures.HasBFloat16, "SKIPPED: this CPU does not compute in bfloat16");
        double full = LossAfter(new ComputeOptions(), out double first);
        double half = LossAfter(new ComputeOptions { Precision = Precision.Bf16 }, out _);
        Assert.True(full < 0.85 * first, $"fp32 went from {first} to {full}");
        Assert.True(Math.Abs(half - full) < 0.1 * full, $"bf16 ended at {half}, fp32 at {full}");
    }

    [Fact]
    public void Fp16_on_a_cpu_is_a_wrong_setting()
    {
        SettingsException e = Assert.Throws<SettingsException>(() => RecipeFile.Parse("machine:\n  precision: fp16\n", "r.yaml"));
        Assert.Contains("machine.precision", e.Message, StringComparison.Ordinal);
        Assert.Contains("CUDA", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("precision: bf17", "bf16")]
    [InlineData("memory_format: nchw", "contiguous")]
    [InlineData("matmul_precision: hihg", "high")]
    [InlineData("tf32: maybe", "machine.tf32")]
    public void A_slip_in_a_setting_is_found(string line, string expected)
    {
        SettingsException e = Assert.Throws<SettingsException>(() => RecipeFile.Parse($"machine:\n  {line}\n", "r.yaml"));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    /// <summary>d0 of a training step of U2NETP, and a running variance after it.</summary>
    private static (float[] D0, float[] Statistics) Step(ComputeOptions compute)
    {
        INetwork network = NetworkCatalogue.Create("u2netp");
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        TorchNetwork model = new(network, parameters, compute);
        NamedOutputs<torch.Tensor> outputs = model.Forward(TestTensors.Random(1, 2, 3, 64, 64), ForwardMode.Training);
        Assert.All(outputs.Values, output => Assert.Equal(torch.float32, output.dtype));
        outputs.First.mean().backward();
        Assert.All(parameters.Trainable, parameter =>
        {
            Assert.Equal(torch.float32, parameter.Value.dtype);
            if (parameter.Value.grad is { } gradient)
                Assert.Equal(torch.float32, gradient.dtype);
        });
        return (TensorMemory.ToFloats(outputs.First), TensorMemory.ToFloats(parameters["stage1.rebnconvin.bn_s1.running_var"]));
    }

    private static double LossAfter(ComputeOptions compute, out double first)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        INetwork network = NetworkCatalogue.Create("u2netp");
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        using Adam optimiser = new(parameters.Trainable, new AdamOptions { Lr = 2e-3 });
        TrainingStep step = new(new TorchNetwork(network, parameters, compute), new MseL1Loss(), optimiser);
        torch.Tensor images = TestTensors.Random(1, 2, 3, 64, 64);
        torch.Tensor alphas = (images.mean([1], keepdim: true) > 0).to(torch.float32);
        first = step.Take(images, alphas, 0).Loss;
        double last = first;
        for (int i = 1; i < 20; i++)
            last = step.Take(images, alphas, i).Loss;
        return last;
    }
}
