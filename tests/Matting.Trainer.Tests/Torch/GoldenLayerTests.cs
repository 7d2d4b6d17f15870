using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Torch;

/// <summary>Single operations with their gradients against PyTorch's.</summary>
public sealed class GoldenLayerTests
{
    public static TheoryData<string> Convolutions => Golden.Ids("layers", "conv2d");

    public static TheoryData<string> Norms => Golden.Ids("layers", "batch_norm");

    public static TheoryData<string> Rectifiers => Golden.Ids("layers", "relu");

    public static TheoryData<string> Sigmoids => Golden.Ids("layers", "sigmoid");

    public static TheoryData<string> Pools => Golden.Ids("layers", "max_pool2d");

    public static TheoryData<string> Bilinears => Golden.Ids("layers", "interpolate_bilinear");

    public static TheoryData<string> Nearests => Golden.Ids("layers", "interpolate_nearest");

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Convolution(string id)
    {
        GoldenCase c = Golden.Case(id);
        long[] shape = c.Input("weight").Shape;
        ConvolutionNetwork network = new((int)shape[1], new Conv2dSpec((int)shape[0], (int)shape[2])
        {
            Stride = Whole(c, "stride"),
            Padding = Whole(c, "padding"),
            Dilation = Whole(c, "dilation"),
        });
        using ParameterStore parameters = new(network, new StateDict
        {
            { "layer.weight", TestTensors.Weights(c.Input("weight")) },
            { "layer.bias", TestTensors.Weights(c.Input("bias")) },
        });

        CheckWithParameters(c, network, parameters, ForwardMode.Training);
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Batch_norm_with_its_running_statistics(string id)
    {
        GoldenCase c = Golden.Case(id);
        bool training = c.Params.GetProperty("train").GetBoolean();
        NormNetwork network = new((int)c.Input("weight").Shape[0], new BatchNorm2dSpec
        {
            Momentum = c.Params.GetProperty("momentum").GetDouble(),
            Epsilon = c.Params.GetProperty("eps").GetDouble(),
        });
        using ParameterStore parameters = new(network, new StateDict
        {
            { "layer.weight", TestTensors.Weights(c.Input("weight")) },
            { "layer.bias", TestTensors.Weights(c.Input("bias")) },
            { "layer.running_mean", TestTensors.Weights(c.Input("running_mean_in")) },
            { "layer.running_var", TestTensors.Weights(c.Input("running_var_in")) },
            { "layer.num_batches_tracked", WeightTensor.FromInt64([4]) },
        });

        if (training)
            CheckWithParameters(c, network, parameters, ForwardMode.Training);
        else
            CheckForwardOnly(c, network, parameters);

        Close(c, "running_mean_out", parameters["layer.running_mean"]);
        Close(c, "running_var_out", parameters["layer.running_var"]);
        Assert.Equal([training ? 5L : 4L], parameters.ToStateDict()["layer.num_batches_tracked"].AsInt64Span().ToArray());
    }

    [Theory]
    [MemberData(nameof(Rectifiers))]
    public void Rectifier(string id) => Check(Golden.Case(id), (ops, x) => ops.Relu(x));

    [Theory]
    [MemberData(nameof(Sigmoids))]
    public void Sigmoid(string id) => Check(Golden.Case(id), (ops, x) => ops.Sigmoid(x));

    [Theory]
    [MemberData(nameof(Pools))]
    public void Maximum_pool(string id)
    {
        GoldenCase c = Golden.Case(id);
        MaxPool2dSpec spec = new(Whole(c, "kernel"), Whole(c, "stride"), Whole(c, "padding"), c.Params.GetProperty("ceil_mode").GetBoolean());
        Check(c, (ops, x) => ops.MaxPool2d(x, spec));
    }

    [Theory]
    [MemberData(nameof(Bilinears))]
    public void Bilinear_resampling(string id) => CheckResampling(Golden.Case(id), UpsampleMode.Bilinear);

    [Theory]
    [MemberData(nameof(Nearests))]
    public void Nearest_resampling(string id) => CheckResampling(Golden.Case(id), UpsampleMode.Nearest);

    private static void CheckResampling(GoldenCase c, UpsampleMode mode)
    {
        using torch.Tensor like = torch.empty([1, 1, Whole(c, "height"), Whole(c, "width")]);
        Check(c, (ops, x) => ops.UpsampleTo(x, like, mode));
    }

    private static void Check(GoldenCase c, Func<ITensorOps<torch.Tensor>, torch.Tensor, torch.Tensor> apply)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ParameterStore none = TestTensors.RandomParameters(new ReuseNetwork());
        torch.Tensor x = TestTensors.Of(c.Input("x")).requires_grad_();
        torch.Tensor y = apply(new TorchOps(none, TensorLifetimes.Of(new ReuseNetwork()), torch.ScalarType.Float32, ForwardMode.Training, x, 0), x);
        y.backward([TestTensors.Of(c.Input("grad_y"))]);
        Close(c, "y", y);
        Close(c, "grad_x", x.grad!);
    }

    private static void CheckWithParameters(GoldenCase c, INetwork network, ParameterStore parameters, ForwardMode mode)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = TestTensors.Of(c.Input("x")).requires_grad_();
        torch.Tensor y = new TorchNetwork(network, parameters).Forward(x, mode).First;
        y.backward([TestTensors.Of(c.Input("grad_y"))]);
        Close(c, "y", y);
        Close(c, "grad_x", x.grad!);
        Close(c, "grad_weight", parameters["layer.weight"].grad!);
        Close(c, "grad_bias", parameters["layer.bias"].grad!);
    }

    /// <summary>Evaluation records nothing through the network, so its gradients come from the interpreter alone.</summary>
    private static void CheckForwardOnly(GoldenCase c, INetwork network, ParameterStore parameters)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = TestTensors.Of(c.Input("x")).requires_grad_();
        Assert.False(new TorchNetwork(network, parameters).Forward(x, ForwardMode.Evaluation).First.requires_grad);

        torch.Tensor y = network.Forward(new TorchOps(parameters, TensorLifetimes.Of(network), torch.ScalarType.Float32, ForwardMode.Evaluation, x, 0), x).First;
        y.backward([TestTensors.Of(c.Input("grad_y"))]);
        Close(c, "y", y);
        Close(c, "grad_x", x.grad!);
        Close(c, "grad_weight", parameters["layer.weight"].grad!);
        Close(c, "grad_bias", parameters["layer.bias"].grad!);
    }

    private static int Whole(GoldenCase c, string name) => c.Params.GetProperty(name).GetInt32();

    private static void Close(GoldenCase c, string output, torch.Tensor actual)
    {
        (double absolute, double relative) = c.ToleranceOf(output);
        Npy expected = c.Output(output);
        Assert.Equal(expected.Shape, actual.shape);
        Near.AssertClose(expected.Floats, TensorMemory.ToFloats(actual), absolute, relative, $"{c.Id} {output}");
    }
}
