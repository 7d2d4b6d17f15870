using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Torch;

public sealed class TorchNetworkTests
{
    // float32 sums in another order; the golden set's own float64 run differs by 9e-7
    private const double OutputTolerance = 1e-5;

    public static TheoryData<string> GoldenRuns => Golden.Ids("u2netp", "u2netp_forward");

    [Theory]
    [MemberData(nameof(GoldenRuns))]
    public void U2NETP_gives_the_golden_outputs(string id)
    {
        GoldenCase c = Golden.Case(id);
        INetwork network = NetworkCatalogue.Create("u2netp");
        string file = c.InputPath("weights");
        using ParameterStore parameters = new(network, StrictLoading.Conform(network, WeightsFile.Load(file), file));
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = TestTensors.Of(c.Input("x"));
        TorchNetwork model = new(network, parameters);

        NamedOutputs<torch.Tensor> outputs = model.Forward(x, ForwardMode.Evaluation);

        foreach ((string name, torch.Tensor value) in outputs)
            Near.AssertClose(c.Output(name).Floats, TensorMemory.ToFloats(value), OutputTolerance, what: $"{id} {name}");
        torch.Tensor mirrored = model.Forward(x.flip(3), ForwardMode.Evaluation)["d0"].flip(3);
        torch.Tensor mean = (outputs["d0"] + mirrored) / 2;
        Near.AssertClose(c.Output("flip_tta").Floats, TensorMemory.ToFloats(mean), OutputTolerance, what: $"{id} flip_tta");
    }

    [Fact]
    public void Freeing_and_rectifying_in_place_change_neither_outputs_nor_gradients()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ReuseNetwork network = new();
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        torch.Tensor x = TestTensors.Random(7, 2, 3, 9, 7);

        ComputeOptions planes = new() { ChannelsLast = false };
        torch.Tensor y = new TorchNetwork(network, parameters, planes).Forward(x, ForwardMode.Training, dropoutKey: 5).First;
        y.sum().backward();

        torch.Tensor a = parameters["a.weight"].detach().requires_grad_();
        torch.Tensor b = parameters["b.weight"].detach().requires_grad_();
        torch.Tensor expected = PlainReuse(x, a, parameters["a.bias"].detach(), b, parameters["b.bias"].detach(), 5);
        expected.sum().backward();

        // the same kernels on the same numbers
        Assert.Equal(TensorMemory.ToFloats(expected), TensorMemory.ToFloats(y));
        Assert.Equal(TensorMemory.ToFloats(a.grad!), TensorMemory.ToFloats(parameters["a.weight"].grad!));
        Assert.Equal(TensorMemory.ToFloats(b.grad!), TensorMemory.ToFloats(parameters["b.weight"].grad!));
    }

    [Fact]
    public void The_image_stays_as_it_is()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ReuseNetwork network = new();
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        torch.Tensor x = TestTensors.Random(7, 1, 3, 8, 8);
        float[] before = TensorMemory.ToFloats(x);

        new TorchNetwork(network, parameters).Forward(x, ForwardMode.Evaluation);

        Assert.Equal(before, TensorMemory.ToFloats(x));
    }

    [Fact]
    public void An_evaluation_leaves_only_its_outputs_alive()
    {
        INetwork network = NetworkCatalogue.Create("u2netp");
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        TorchNetwork model = new(network, parameters);
        using torch.Tensor x = TestTensors.Random(1, 1, 3, 33, 47);
        using DisposeScope scope = torch.NewDisposeScope();
        long before = torch.Tensor.TotalCount;

        NamedOutputs<torch.Tensor> outputs = model.Forward(x, ForwardMode.Evaluation);

        Assert.Equal(before + outputs.Count, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Evaluation_changes_no_statistic_and_training_counts_its_batches()
    {
        INetwork network = new TinyNetwork();
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        TorchNetwork model = new(network, parameters);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = TestTensors.Random(1, 2, 3, 16, 16);
        StateDict start = parameters.ToStateDict();

        model.Forward(x, ForwardMode.Evaluation);
        StateDict evaluated = parameters.ToStateDict();
        model.Forward(x, ForwardMode.Training);
        model.Forward(x, ForwardMode.Training);
        StateDict trained = parameters.ToStateDict();

        Assert.Equal(start.Names, trained.Names);
        foreach (string name in start.Names)
        {
            Assert.True(start[name].Data.Span.SequenceEqual(evaluated[name].Data.Span), name);
            bool statistic = name.Contains("running", StringComparison.Ordinal) || name.Contains("num_batches", StringComparison.Ordinal);
            Assert.Equal(!statistic, start[name].Data.Span.SequenceEqual(trained[name].Data.Span));
        }
        Assert.Equal([2L], trained["stem_bn.num_batches_tracked"].AsInt64Span().ToArray());
    }

    [Fact]
    public void Dropout_depends_on_its_key_and_its_layer_and_keeps_the_mean()
    {
        DropoutNetwork network = new(400, 0.25);
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        TorchNetwork model = new(network, parameters);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.ones([5, 400, 2, 2]);

        float[] first = TensorMemory.ToFloats(model.Forward(x, ForwardMode.Training, dropoutKey: 1).First);
        float[] again = TensorMemory.ToFloats(model.Forward(x, ForwardMode.Training, dropoutKey: 1).First);
        float[] other = TensorMemory.ToFloats(model.Forward(x, ForwardMode.Training, dropoutKey: 2).First);
        float[] evaluated = TensorMemory.ToFloats(model.Forward(x, ForwardMode.Evaluation, dropoutKey: 1).First);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        // both layers in one sample: another layer drops other channels
        Assert.NotEqual(first[..1600], first[1600..3200]);
        Assert.All(evaluated, value => Assert.Equal(1f, value));
        Assert.Equal([0f, (float)(1 / 0.75)], first.Distinct().Order());
        // 4000 channels of probability .25: five deviations are .034
        Assert.Equal(0.25, first.Count(value => value == 0) / (double)first.Length, 0.035);
        for (int channel = 0; channel < first.Length; channel += 4)
            Assert.Single(first[channel..(channel + 4)].Distinct());
    }

    [Fact]
    public void Batch_norm_refuses_to_train_on_a_single_value()
    {
        NormNetwork network = new(3, BatchNorm2dSpec.Default);
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        using DisposeScope scope = torch.NewDisposeScope();
        TorchNetwork model = new(network, parameters);

        TrainingException e = Assert.Throws<TrainingException>(() => model.Forward(torch.ones([1, 3, 1, 1]), ForwardMode.Training));

        Assert.Contains("single value per channel", e.Message, StringComparison.Ordinal);
        model.Forward(torch.ones([1, 3, 1, 1]), ForwardMode.Evaluation);
    }

    /// <summary><see cref="ReuseNetwork"/> written down without any reuse of memory.</summary>
    private static torch.Tensor PlainReuse(torch.Tensor x, torch.Tensor a, torch.Tensor aBias, torch.Tensor b, torch.Tensor bBias, long dropoutKey)
    {
        torch.Tensor conv = torch.nn.functional.conv2d(x, a, aBias, padding: [1, 1]);
        torch.Tensor doubled = conv + conv;
        torch.Tensor pooled = torch.nn.functional.max_pool2d(doubled.relu().relu() * conv.sigmoid(), [2, 2], [2, 2], ceil_mode: true);
        torch.Tensor wide = torch.nn.functional.interpolate(pooled, [9, 7], mode: torch.InterpolationMode.Bilinear, align_corners: false);
        using ParameterStore none = TestTensors.RandomParameters(new ReuseNetwork());
        torch.Tensor kept = new TorchOps(none, TensorLifetimes.Of(new ReuseNetwork()), torch.ScalarType.Float32, ForwardMode.Training, wide, dropoutKey).Dropout2d(wide, "drop", 0.5);
        return torch.nn.functional.conv2d(torch.cat([(kept + conv).relu(), kept, doubled], 1), b, bBias);
    }
}
