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

    [Theory]
    [MemberData(nameof(MseL1))]
    public void Mse_l1_with_its_gradients_and_the_metric(string id)
    {
        GoldenCase c = Golden.Case(id);
        using DisposeScope scope = torch.NewDisposeScope();
        string[] names = [.. c.InputNames.Where(name => name != "target").Order(StringComparer.Ordinal)];
        NamedOutputs<torch.Tensor> outputs = new(names.Select(name => (name, TestTensors.Of(c.Input(name)).requires_grad_())));
        torch.Tensor target = TestTensors.Of(c.Input("target"));

        torch.Tensor loss = new MseL1Loss().Of(outputs, target);
        loss.backward();

        (double absolute, double relative) = c.ToleranceOf("loss");
        Close(c.Expected.GetProperty("loss").GetDouble(), loss.item<float>(), absolute, relative);
        Close(c.Expected.GetProperty("metric").GetDouble(), AlphaMetrics.Mse(outputs["d0"], target), absolute, relative);
        (absolute, relative) = c.ToleranceOf("grad");
        foreach ((string name, torch.Tensor output) in outputs)
            Near.AssertClose(c.Output("grad_" + name).Floats, TensorMemory.ToFloats(output.grad!), absolute, relative, $"{id} grad_{name}");
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

    private static void Close(double expected, double actual, double absolute, double relative) =>
        Assert.Equal(expected, actual, absolute + relative * Math.Abs(expected));
}
