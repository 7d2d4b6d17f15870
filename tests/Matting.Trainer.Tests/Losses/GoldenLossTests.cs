using System.Text.Json;
using Matting.Shared.Networks;
using Matting.Testing;
using Matting.Trainer.Losses;
using Matting.Trainer.Tests.Torch;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Losses;

public sealed class GoldenLossTests
{
    public static TheoryData<string> MseL1 => Golden.Ids("loss", "loss_mse_l1");

    public static TheoryData<string> Composite => Golden.Ids("loss", "loss_composite");

    [Theory]
    [MemberData(nameof(MseL1))]
    public void Mse_l1_with_its_gradients_and_the_metric(string id) => FollowGolden(Golden.Case(id), new MseL1Loss());

    [Theory]
    [MemberData(nameof(Composite))]
    public void Alpha_composite_with_its_gradients_and_the_metric(string id) => FollowGolden(Golden.Case(id), new AlphaCompositeLoss());

    [Theory]
    [MemberData(nameof(Composite))]
    public void Each_term_of_alpha_composite(string id)
    {
        GoldenCase c = Golden.Case(id);
        using DisposeScope scope = torch.NewDisposeScope();
        NamedOutputs<torch.Tensor> outputs = new(("d0", TestTensors.Of(c.Input("d0"))));
        torch.Tensor target = TestTensors.Of(c.Input("target"));
        AlphaCompositeOptions none = new() { ObjectWeight = 0, EdgeWeight = 0, BackgroundWeight = 0 };
        JsonElement terms = c.Expected.GetProperty("terms_d0");
        (double absolute, double relative) = c.ToleranceOf("loss");

        double mse = Value(none);
        Close(terms.GetProperty("mse").GetDouble(), mse, absolute, relative);
        Close(terms.GetProperty("inner").GetDouble(), Value(none with { ObjectWeight = 1 }) - mse, absolute, relative);
        Close(terms.GetProperty("edge").GetDouble(), Value(none with { EdgeWeight = 1 }) - mse, absolute, relative);
        Close(terms.GetProperty("background").GetDouble(), Value(none with { BackgroundWeight = 1 }) - mse, absolute, relative);

        double Value(AlphaCompositeOptions options) => new AlphaCompositeLoss(options).Of(outputs, target).item<float>();
    }

    [Theory]
    [MemberData(nameof(Composite))]
    public void Alpha_composite_is_within_rounding_of_its_value_in_double_but_for_thresholds_compared_in_float32(string id)
    {
        GoldenCase c = Golden.Case(id);
        using DisposeScope scope = torch.NewDisposeScope();

        double loss = new AlphaCompositeLoss().Of(Outputs(c), TestTensors.Of(c.Input("target"))).item<float>();

        double exact = c.Expected.GetProperty("loss_float64").GetDouble();
        if (id == "loss/composite_threshold_values")
            Assert.True(Math.Abs(exact - loss) > 1e-3, "in double, values on a threshold fall on its other side");
        else
            Close(exact, loss, 0, 1e-6); // a few roundings of float32 in sums of thousands
    }

    private static void FollowGolden(GoldenCase c, ILoss function)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        NamedOutputs<torch.Tensor> outputs = Outputs(c);
        torch.Tensor target = TestTensors.Of(c.Input("target"));

        torch.Tensor loss = function.Of(outputs, target);
        loss.backward();

        (double absolute, double relative) = c.ToleranceOf("loss");
        Close(c.Expected.GetProperty("loss").GetDouble(), loss.item<float>(), absolute, relative);
        Close(c.Expected.GetProperty("metric").GetDouble(), AlphaMetrics.Mse(outputs["d0"], target), absolute, relative);
        (absolute, relative) = c.ToleranceOf("grad");
        foreach ((string name, torch.Tensor output) in outputs)
            Near.AssertClose(c.Output("grad_" + name).Floats, TensorMemory.ToFloats(output.grad!), absolute, relative, $"{c.Id} grad_{name}");
    }

    [Fact]
    public void The_weight_of_the_absolute_error_counts()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        NamedOutputs<torch.Tensor> outputs = new(("d0", torch.full([1, 1, 2, 2], 0.5f)), ("d1", torch.full([1, 1, 2, 2], 1f)));
        torch.Tensor target = torch.zeros([1, 1, 2, 2]);

        // (0.25 + 1) / 2 and (0.5 + 1) / 2
        Assert.Equal(0.625 + 2 * 0.75, new MseL1Loss(2).Of(outputs, target).item<float>(), 1e-6);
        Assert.Equal(0.625, new MseL1Loss(0).Of(outputs, target).item<float>(), 1e-6);
    }

    private static NamedOutputs<torch.Tensor> Outputs(GoldenCase c) => new(c.InputNames
        .Where(name => name != "target").Order(StringComparer.Ordinal)
        .Select(name => (name, TestTensors.Of(c.Input(name)).requires_grad_())));

    private static void Close(double expected, double actual, double absolute, double relative) =>
        Assert.Equal(expected, actual, absolute + relative * Math.Abs(expected));
}
