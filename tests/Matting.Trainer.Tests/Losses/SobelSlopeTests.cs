using Matting.Testing;
using Matting.Trainer.Losses;
using Matting.Trainer.Tests.Torch;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Losses;

public sealed class SobelSlopeTests
{
    // sums of eight products in another order
    private const double Tolerance = 1e-5;

    /// <summary>Samples, height, width: single pixels, rows, columns, widths beside a vector's, rows beside a band's.</summary>
    public static TheoryData<long, long, long> Sizes => new()
    {
        { 1, 1, 1 }, { 2, 1, 9 }, { 1, 9, 1 }, { 3, 2, 2 }, { 2, 5, 16 }, { 1, 63, 17 }, { 2, 64, 33 }, { 1, 65, 8 }, { 1, 130, 40 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_function_and_its_gradient_are_those_of_the_convolution(long samples, long height, long width)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = TestTensors.Random(2, samples, 1, height, width).requires_grad_();
        torch.Tensor twin = x.detach().to(torch.float64).requires_grad_();

        torch.Tensor y = SobelSlope.Of(x);
        // float64 goes through the convolution
        torch.Tensor expected = SobelSlope.Of(twin);
        torch.Tensor gradient = TestTensors.Random(3, y.shape);
        y.backward([gradient]);
        expected.backward([gradient.to(torch.float64)]);

        Near.AssertClose(TensorMemory.ToFloats(expected.to(torch.float32)), TensorMemory.ToFloats(y), Tolerance, Tolerance, "slope");
        Near.AssertClose(TensorMemory.ToFloats(twin.grad!.to(torch.float32)), TensorMemory.ToFloats(x.grad!), Tolerance, Tolerance, "gradient");
    }

    [Fact]
    public void A_flat_picture_has_finite_gradients()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = torch.full([1, 1, 8, 8], 0.5, dtype: torch.float32).requires_grad_();
        SobelSlope.Of(x).sum().backward();
        Assert.All(TensorMemory.ToFloats(x.grad!), value => Assert.True(float.IsFinite(value)));
    }
}
