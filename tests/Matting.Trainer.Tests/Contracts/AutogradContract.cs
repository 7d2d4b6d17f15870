using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

public sealed class AutogradContract
{
    [Fact]
    public void Gradients_add_up_until_they_are_cleared()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 2.0, 3.0 }, requires_grad: true);
        Assert.Null(x.grad);
        Assert.True(x.is_leaf);
        x.square().sum().backward();
        x.sum().backward();
        Numbers.AssertClose([5, 7], x.grad!, 0);
        x.grad!.zero_();
        Numbers.AssertClose([0, 0], x.grad!, 0);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_gradient_can_be_given_and_a_graph_used_again_only_when_kept()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 2.0, 3.0 }, requires_grad: true);
        Tensor y = x * x;
        y.backward([tensor(new[] { 1.0, 10.0 })], retain_graph: true);
        autograd.backward(y, tensor(new[] { 1.0, 0.0 }));
        Numbers.AssertClose([8, 60], x.grad!, 0);
        Assert.Throws<ExternalException>(() => y.sum().backward());
        Assert.Throws<ExternalException>(() => y.backward());
    }

    [Fact]
    public void Gradients_can_be_asked_for_without_storing_them()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(3.0, requires_grad: true);
        Tensor y = tensor(4.0, requires_grad: true);
        Tensor between = x * x;
        IList<Tensor> gradients = autograd.grad([between * y], [x, y, between]);
        Numbers.AssertClose([24], gradients[0], 0);
        Numbers.AssertClose([9], gradients[1], 0);
        Numbers.AssertClose([4], gradients[2], 0);
        Assert.Null(x.grad);
        Assert.Throws<ExternalException>(() => autograd.grad([x * 2], [y]));
    }

    [Fact]
    public void Second_derivatives_come_from_a_graph_of_the_first()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(2.0, requires_grad: true);
        Tensor first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        Numbers.AssertClose([12], first, 0);
        Numbers.AssertClose([12], autograd.grad([first], [x])[0], 0);
    }

    [Fact]
    public void Modes_switch_recording_off_and_back()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones([2], requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False((x * 2).requires_grad);
        }

        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
        Assert.True((x * 2).requires_grad);
        using (set_grad_enabled(false)) Assert.False((x * 2).requires_grad);
    }

    [Fact]
    public void A_detached_tensor_shares_memory_but_no_history()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones([2], requires_grad: true);
        Tensor y = x * 2;
        Tensor detached = y.detach();
        Assert.False(detached.requires_grad);
        detached[0] = tensor(9f);
        Assert.Equal(9f, y[0].ToSingle());
        Assert.False(y.detach_().requires_grad);
    }

    [Fact]
    public void The_gradient_of_a_result_is_kept_when_asked_for()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(3.0, requires_grad: true);
        Tensor y = x * 2;
        Assert.False(y.is_leaf);
        y.retain_grad();
        y.square().backward();
        Numbers.AssertClose([12], y.grad!, 0);
        Numbers.AssertClose([24], x.grad!, 0);
    }

    [Fact]
    public void A_leaf_is_changed_in_place_only_outside_of_recording()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones([2], requires_grad: true);
        Assert.Throws<ExternalException>(() => x.add_(1));
        using (no_grad()) x.add_(1);
        Assert.Equal([2f, 2f], x.data<float>().ToArray());
        Assert.Throws<ExternalException>(() => zeros([2], int64).requires_grad_());
    }

    [Fact]
    public void Bfloat16_convolutions_pass_gradients_back_in_the_type_of_the_weights()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = Numbers.Floats(1, 4, 3, 3, 3).requires_grad_();
        Tensor image = Numbers.Floats(2, 1, 3, 6, 6);
        nn.functional.conv2d(image.to(bfloat16), weight.to(bfloat16), padding: [1, 1]).to(float32).sum().backward();
        double[] narrow = Numbers.Of(weight.grad!);
        Assert.Equal(ScalarType.Float32, weight.grad!.dtype);
        weight.grad = null;
        nn.functional.conv2d(image, weight, padding: [1, 1]).sum().backward();
        // bfloat16 has 8 bits: sums of 36 numbers below 1 are right to a few hundredths
        Numbers.AssertClose(narrow, weight.grad!, 0.05);
    }
}
