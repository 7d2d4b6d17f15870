using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Torch;

/// <summary>The interpreter against the slow and obvious one, on a network that uses every operation.</summary>
public sealed class TorchOpsTests
{
    // float32 against double over a few layers of values around 1
    private const double Tolerance = 2e-5;

    [Theory]
    [InlineData(1, 32, 32)]
    [InlineData(2, 21, 34)]
    [InlineData(1, 9, 7)]
    public void Every_operation_agrees_with_its_definition(int batch, int height, int width)
    {
        SampleNetwork network = new();
        StateDict weights = SampleNetwork.TrainedLike(network, seed: 5);
        using ParameterStore parameters = new(network, weights);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = TestTensors.Random(3, batch, 3, height, width);
        ScalarMap image = ScalarMap.FromFloat32(TensorMemory.ToFloats(x), batch, 3, height, width);

        NamedOutputs<torch.Tensor> actual = new TorchNetwork(network, parameters).Forward(x, ForwardMode.Evaluation);
        NamedOutputs<ScalarMap> expected = network.Forward(new ScalarOps(weights), image);

        foreach (string name in network.OutputNames)
        {
            ScalarMap map = expected[name];
            Assert.Equal([map.Count, map.Channels, map.Height, map.Width], actual[name].shape);
            Near.AssertClose(map.ToFloat32(), TensorMemory.ToFloats(actual[name]), Tolerance, Tolerance, name);
        }
    }

    [Fact]
    public void A_convolution_without_a_bias_and_one_with_groups_learn_too()
    {
        SampleNetwork network = new();
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        using DisposeScope scope = torch.NewDisposeScope();

        NamedOutputs<torch.Tensor> outputs = new TorchNetwork(network, parameters).Forward(TestTensors.Random(3, 2, 3, 32, 32), ForwardMode.Training);
        (outputs["logits"].sum() + outputs["mask"].sum() + outputs["aux"].sum()).backward();

        Assert.All(parameters.Trainable, parameter => Assert.NotNull(parameter.Value.grad));
        Assert.DoesNotContain(parameters.Trainable, parameter => parameter.Name == "encoder.conv1.bias");
    }
}
