using Matting.Shared.Networks;
using Matting.Testing;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Tests.Torch;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Optimisers;

public sealed class WeightAverageTests
{
    [Theory]
    [InlineData(0.999, 0, 0.1)]
    [InlineData(0.999, 8, 0.5)]
    [InlineData(0.999, 1_000_000, 0.999)]
    [InlineData(0.05, 0, 0.05)]
    public void The_decay_warms_up(double decay, long update, double expected) =>
        Assert.Equal(expected, WeightAverage.DecayOf(decay, update), 1e-12);

    [Fact]
    public void Weights_and_statistics_are_averaged_and_counts_are_taken_over()
    {
        INetwork network = new TinyNetwork();
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        using WeightAverage average = new(network, parameters, 0.15);
        using DisposeScope scope = torch.NewDisposeScope();
        double[] weight = Values(parameters, "out.weight"), mean = Values(parameters, "low_bn.running_mean");
        long before = torch.Tensor.TotalCount;

        for (int update = 0; update < 3; update++)
        {
            using (torch.no_grad())
            using (torch.NewDisposeScope())
            {
                parameters["out.weight"].add_(1);
                parameters["low_bn.running_mean"].add_(2);
                parameters["low_bn.num_batches_tracked"].add_(1);
            }
            average.Update();
            double decay = Math.Min(0.15, (1.0 + update) / (10 + update)); // 0.1, then 0.15
            Mix(weight, Values(parameters, "out.weight"), decay);
            Mix(mean, Values(parameters, "low_bn.running_mean"), decay);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(3, average.Updates);
        Near.AssertClose([.. weight.Select(value => (float)value)], TensorMemory.ToFloats(average.Parameters["out.weight"]), 1e-6);
        Near.AssertClose([.. mean.Select(value => (float)value)], TensorMemory.ToFloats(average.Parameters["low_bn.running_mean"]), 1e-6);
        Assert.Equal(3, average.Parameters.ToStateDict()["low_bn.num_batches_tracked"].AsInt64Span()[0]);
        // the rest stood still: it is its own average, but for rounding
        Near.AssertClose(TensorMemory.ToFloats(parameters["side.weight"]), TensorMemory.ToFloats(average.Parameters["side.weight"]), 1e-6);
    }

    private static double[] Values(ParameterStore parameters, string name) =>
        [.. TensorMemory.ToFloats(parameters[name]).Select(value => (double)value)];

    private static void Mix(double[] average, double[] now, double decay)
    {
        for (int i = 0; i < average.Length; i++)
            average[i] = decay * average[i] + (1 - decay) * now[i];
    }
}
