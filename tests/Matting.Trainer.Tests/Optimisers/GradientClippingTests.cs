using Matting.Testing;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Optimisers;

public sealed class GradientClippingTests
{
    [Fact]
    public void Gradients_that_are_too_long_are_scaled_alike()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        NamedParameter a = Parameter("a", 3, 0), b = Parameter("b", 0, 4), idle = new("idle", torch.zeros([2]).requires_grad_());
        long before = torch.Tensor.TotalCount;

        double norm = GradientClipping.Clip([a, idle, b], 2);

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(5, norm, 1e-6);
        float scale = (float)(2 / (5 + 1e-6));
        Near.AssertClose([3 * scale, 0], TensorMemory.ToFloats(a.Value.grad!), 1e-6);
        Near.AssertClose([0, 4 * scale], TensorMemory.ToFloats(b.Value.grad!), 1e-6);
        Assert.Null(idle.Value.grad);
    }

    [Fact]
    public void Gradients_that_are_short_enough_stay_as_they_are()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        NamedParameter a = Parameter("a", 3, 4);

        Assert.Equal(5, GradientClipping.Clip([a], 5.1), 1e-6);
        Assert.Equal(0, GradientClipping.Clip([], 1));

        Assert.Equal([3, 4], TensorMemory.ToFloats(a.Value.grad!));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)] // its square is beyond float32
    public void A_length_that_is_not_finite_is_an_error_and_changes_nothing(float value)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        NamedParameter good = Parameter("good", 3, 4), bad = Parameter("bad", 1, value);

        TrainingException e = Assert.Throws<TrainingException>(() => GradientClipping.Clip([good, bad], 1));

        Assert.StartsWith("the length of all gradients together is ", e.Message, StringComparison.Ordinal);
        Assert.Equal([3, 4], TensorMemory.ToFloats(good.Value.grad!));
    }

    private static NamedParameter Parameter(string name, params float[] gradient)
    {
        torch.Tensor value = torch.zeros([gradient.Length]).requires_grad_();
        (value * TensorMemory.FromFloats(gradient, [gradient.Length])).sum().backward();
        return new NamedParameter(name, value);
    }
}
