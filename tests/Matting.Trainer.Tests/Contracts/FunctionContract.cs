using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

public sealed class FunctionContract
{
    [Fact]
    public void A_function_has_the_gradients_it_says()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 2.0, 3.0 }, requires_grad: true);
        Tensor y = ScaledSquare.apply(x * 1.0, 5.0);
        Numbers.AssertClose([20, 45], y, 0);
        Assert.True(y.requires_grad);
        (y * tensor(new[] { 1.0, 10.0 })).sum().backward();
        // 10 x, of what was kept for the backward pass
        Numbers.AssertClose([20, 300], x.grad!, 0);
    }

    [Fact]
    public void Forward_records_nothing_of_itself_and_nothing_at_all_without_gradients()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 2.0 }, requires_grad: true);
        ScaledSquare.Recorded = true;
        ScaledSquare.apply(x, 1.0);
        Assert.False(ScaledSquare.Recorded);
        using (no_grad())
            Assert.False(ScaledSquare.apply(x, 1.0).requires_grad);
        Assert.False(ScaledSquare.apply(tensor(new[] { 2.0 }), 1.0).requires_grad);
    }

    [Fact]
    public void A_second_backward_needs_the_graph_kept()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 2.0 }, requires_grad: true);
        Tensor y = ScaledSquare.apply(x, 1.0);
        y.backward(retain_graph: true);
        y.backward();
        Numbers.AssertClose([8], x.grad!, 0);
        Assert.Throws<ExternalException>(() => y.backward());
    }

    [Fact]
    public void What_a_backward_pass_throws_comes_out_of_backward()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 2.0 }, requires_grad: true);
        Tensor y = Broken.apply(x);
        ExternalException e = Assert.Throws<ExternalException>(() => y.backward());
        Assert.Contains("broken on purpose", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_stays_alive_after_the_graph()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 2.0, 3.0 }, requires_grad: true);
        long before = Tensor.TotalCount;
        using (NewDisposeScope())
            ScaledSquare.apply(x, 1.0).sum().backward();
        Assert.Equal(before, Tensor.TotalCount);
        Assert.NotNull(x.grad);
    }

    /// <summary>y = scale x^2.</summary>
    private sealed class ScaledSquare : autograd.SingleTensorFunction<ScaledSquare>
    {
        public static bool Recorded { get; set; }

        public override string Name => nameof(ScaledSquare);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            ctx.save_data("scale", vars[1]);
            Tensor y = x.square() * (double)vars[1];
            Recorded = y.requires_grad;
            return y;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            Tensor x = ctx.get_saved_variables()[0];
            return [grad_output * x * (2 * (double)ctx.get_data("scale")), null!];
        }
    }

    private sealed class Broken : autograd.SingleTensorFunction<Broken>
    {
        public override string Name => nameof(Broken);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).square();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidOperationException("broken on purpose");
    }
}
