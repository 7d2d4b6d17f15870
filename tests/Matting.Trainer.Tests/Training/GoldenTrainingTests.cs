using System.Text.Json;
using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Losses;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Tests.Torch;
using Matting.Trainer.Torch;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Trainer.Tests.Training;

/// <summary>Five steps of U2NETP against PyTorch's, with the tolerances that the case derives from its own natural spread.</summary>
public sealed class GoldenTrainingTests
{
    // three times the natural spread plus 1e-6, and 1.1e-3 for any final weight: the case's own rule
    private const double SpreadFactor = 3;
    private const double SpreadFloor = 1e-6;
    private const double FinalElement = 1.1e-3;

    public static TheoryData<string> Runs => Golden.Ids("train", "train_steps");

    [Theory]
    [MemberData(nameof(Runs))]
    public void Five_steps_follow_the_golden_run(string id)
    {
        GoldenCase c = Golden.Case(id);
        FollowGolden(c, c.Params.GetProperty("loss").GetString() switch
        {
            "mse_l1" => new MseL1Loss(),
            "composite" => new AlphaCompositeLoss(),
            string other => throw new InvalidDataException($"{id}: no loss is called {other}"),
            null => throw new InvalidDataException($"{id}: names no loss"),
        });
    }

    private static void FollowGolden(GoldenCase c, ILoss loss)
    {
        INetwork network = NetworkCatalogue.Create("u2netp");
        string file = c.InputPath("weights");
        using ParameterStore parameters = new(network, StrictLoading.Conform(network, WeightsFile.Load(file), file));
        using Adam optimiser = new(parameters.Trainable, new AdamOptions
        {
            Lr = c.Params.GetProperty("lr").GetDouble(),
            WeightDecay = c.Params.GetProperty("weight_decay").GetDouble(),
        });
        TrainingStep step = new(new TorchNetwork(network, parameters), loss, optimiser);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = TestTensors.Of(c.Input("x")), target = TestTensors.Of(c.Input("target"));
        long batchesBefore = parameters.ToStateDict()["stage1.rebnconvin.bn_s1.num_batches_tracked"].AsInt64Span()[0];

        for (int i = 0; i < c.Params.GetProperty("steps").GetInt32(); i++)
        {
            StepResult result = step.CollectGradients(x, target, i);
            CheckNumber(c, "loss", i, result.Loss);
            CheckNumber(c, "metric", i, result.Mse);
            if (i == 0)
                CheckFirstStep(c, parameters);
            optimiser.Step();
        }

        CheckFinalState(c, parameters);
        long batches = parameters.ToStateDict()["stage1.rebnconvin.bn_s1.num_batches_tracked"].AsInt64Span()[0];
        Assert.Equal(c.Expected.GetProperty("num_batches_tracked").GetInt64(), batches);
        Assert.Equal(batchesBefore + 5, batches);
    }

    private static void CheckNumber(GoldenCase c, string what, int step, double actual)
    {
        double expected = c.Expected.GetProperty(what)[step].GetDouble();
        double spread = Spread(c, what + "_rel")[step].GetDouble();
        Assert.Equal(expected, actual, (SpreadFactor * spread + SpreadFloor) * Math.Abs(expected));
    }

    private static void CheckFirstStep(GoldenCase c, ParameterStore parameters)
    {
        foreach (JsonProperty spread in Spread(c, "grad_step0_relative_norm").EnumerateObject())
        {
            float[] expected = c.Output("grad_step0:" + spread.Name).Floats;
            float[] actual = TensorMemory.ToFloats(parameters[spread.Name].grad!);
            double difference = Math.Sqrt(expected.Zip(actual).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2)));
            double norm = Math.Sqrt(expected.Sum(value => (double)value * value));
            Assert.InRange(difference / norm, 0, SpreadFactor * spread.Value.GetDouble() + SpreadFloor);
        }
        foreach (JsonProperty spread in Spread(c, "stats_step0_abs").EnumerateObject())
        {
            Near.AssertClose(c.Output("stats_step0:" + spread.Name).Floats, TensorMemory.ToFloats(parameters[spread.Name]),
                SpreadFactor * spread.Value.GetDouble() + SpreadFloor, what: spread.Name);
        }
    }

    private static void CheckFinalState(GoldenCase c, ParameterStore parameters)
    {
        foreach (JsonProperty spread in Spread(c, "final_mean_abs").EnumerateObject())
        {
            float[] expected = c.Output(spread.Name).Floats;
            float[] actual = TensorMemory.ToFloats(parameters[spread.Name]);
            double mean = expected.Zip(actual).Average(pair => Math.Abs((double)pair.First - pair.Second));
            Assert.InRange(mean, 0, SpreadFactor * spread.Value.GetDouble());
            // running statistics are no parameters: the general rule holds for their elements
            bool statistic = spread.Name.Contains("running", StringComparison.Ordinal);
            double element = statistic ? SpreadFactor * Spread(c, "final_abs").GetProperty(spread.Name).GetDouble() + SpreadFloor : FinalElement;
            Near.AssertClose(expected, actual, element, what: spread.Name);
        }
    }

    private static JsonElement Spread(GoldenCase c, string what) => c.Expected.GetProperty("natural_spread").GetProperty(what);
}
