using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Shared.Tests.Networks;

/// <summary>
/// What holds for every network. A network's own test class derives from this one and says what
/// is particular to it. (That engines agree on it, Matting.Runtime.Tests and Matting.Parity.Tests hold.)
/// </summary>
public abstract class NetworkContract
{
    protected abstract INetwork Network { get; }

    protected abstract long TrainableParameters { get; }

    /// <summary>Number of entries of the PyTorch module's state_dict.</summary>
    protected abstract int Entries { get; }

    /// <summary>Some entries of the state_dict by their position, with their shapes.</summary>
    protected abstract IReadOnlyList<(int Position, string Name, long[] Shape)> SomeEntries { get; }

    /// <summary>Sizes of images, odd and tiny ones among them, that it takes.</summary>
    protected abstract IReadOnlyList<(int Height, int Width)> Sizes { get; }

    /// <summary>Whether every output has the image's height and width.</summary>
    protected virtual bool OutputsHaveTheImagesSize => true;

    [Fact]
    public void Names_are_usable_and_the_prediction_is_one_of_the_outputs()
    {
        Assert.Matches("^[a-z][a-z0-9_]*$", Network.Name);
        Assert.Matches("^[a-z]+$", Network.Task);
        Assert.Contains(Network.PredictionOutput, Network.OutputNames);
        Assert.Equal(Network.OutputNames.Count, Network.OutputNames.Distinct().Count());
    }

    [Fact]
    public void It_has_the_number_of_parameters_that_its_original_has()
    {
        Assert.Equal(TrainableParameters, NetworkSpecs.Of(Network).Where(spec => spec.Trainable).Sum(spec => spec.ElementCount));
        Assert.Equal(TrainableParameters, NetworkCost.Of(Network, Sizes[0].Height, Sizes[0].Width).Parameters);
    }

    [Fact]
    public void Its_entries_are_those_of_the_original_in_that_order()
    {
        IReadOnlyList<ParameterSpec> specs = NetworkSpecs.Of(Network);
        Assert.Equal(Entries, specs.Count);
        Assert.Equal(Entries, specs.Select(spec => spec.Name).Distinct().Count());
        foreach ((int position, string name, long[] shape) in SomeEntries)
        {
            Assert.Equal(name, specs[position].Name);
            Assert.Equal(shape, specs[position].Shape);
        }
    }

    [Fact]
    public void It_takes_images_of_odd_and_tiny_sizes()
    {
        StateDict weights = SampleNetwork.TrainedLike(Network, seed: 3);
        foreach ((int height, int width) in Sizes.Where(size => size.Height * size.Width <= 200))
        {
            ScalarMap image = ScalarMap.Of(2, Network.InputChannels, height, width, (n, c, y, x) => Math.Sin(n + 2 * c + 3 * y + 5 * x));
            NamedOutputs<ScalarMap> outputs = Network.Forward(new ScalarOps(weights), image);
            Assert.Equal(Network.OutputNames, outputs.Names);
            Assert.All(outputs.Values, output =>
            {
                Assert.Equal(2, output.Count);
                Assert.True(!OutputsHaveTheImagesSize || (output.Height, output.Width) == (height, width));
                Assert.All(output.Values, value => Assert.True(double.IsFinite(value)));
            });
        }
    }

    [Fact]
    public void A_new_state_loads_strictly_and_depends_on_the_seed_alone()
    {
        StateDict state = NetworkInitialiser.Create(Network, seed: 7);
        StrictLoading.Check(Network, state, "new");
        Assert.Equal(NetworkSpecs.Of(Network).Select(spec => spec.Name), state.Names);
        StateDict again = NetworkInitialiser.Create(Network, seed: 7);
        StateDict other = NetworkInitialiser.Create(Network, seed: 8);
        Assert.All(state, entry => Assert.True(entry.Value.Data.Span.SequenceEqual(again[entry.Key].Data.Span)));
        Assert.Contains(state, entry => !entry.Value.Data.Span.SequenceEqual(other[entry.Key].Data.Span));
    }

    [Fact]
    public void Weights_that_are_not_its_own_are_refused_with_everything_that_is_wrong()
    {
        StateDict good = NetworkInitialiser.Create(Network, seed: 1);
        string missing = good.Names[^1];
        string reshaped = good.Names[0];
        StateDict bad = new();
        foreach ((string name, WeightTensor tensor) in good.Where(entry => entry.Key != missing))
            bad.Add(name, name == reshaped ? WeightTensor.FromFloat32([1f], 1) : tensor);
        bad.Add("module.extra", WeightTensor.FromFloat32([1f], 1));

        StateMismatchException error = Assert.Throws<StateMismatchException>(() => StrictLoading.Check(Network, bad, "bad.pth"));
        Assert.Equal([missing], error.Missing);
        Assert.Equal(["module.extra"], error.Unexpected);
        Assert.StartsWith($"{reshaped}: float32 [1] instead of float32 [", Assert.Single(error.WrongShape), StringComparison.Ordinal);
        Assert.Contains($"bad.pth: the weights do not fit {Network.Name}: 1 missing ({missing}); 1 unexpected (module.extra); 1 wrongly shaped", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_exported_for_every_size_and_for_any()
    {
        StateDict weights = NetworkInitialiser.Create(Network, seed: 1);
        foreach ((int Height, int Width)? size in Sizes.Select(size => ((int, int)?)size).Append(null))
        {
            ModelProto model = OnnxExporter.Build(Network, weights, new() { Height = size?.Height, Width = size?.Width });
            OnnxGraphChecks.Check(model.Graph);
            Assert.DoesNotContain(model.Graph.Node, node => node.OpType == "Dropout");
        }
    }
}
