using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

public sealed class ShapeContract
{
    [Fact]
    public void Views_share_memory_and_show_it_through_strides()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(24, dtype: float32).reshape(2, 3, 4);
        Tensor turned = x.permute(2, 0, 1);
        Assert.Equal([4L, 2L, 3L], turned.shape);
        Assert.Equal([1L, 12L, 4L], turned.stride());
        Assert.False(turned.is_contiguous());
        Assert.Equal(x[1, 2, 3].item<float>(), turned[3, 1, 2].item<float>());
        turned[0, 0, 0] = tensor(-1f);
        Assert.Equal(-1f, x[0, 0, 0].item<float>());
        Assert.True(turned.contiguous().is_contiguous());
        Assert.Throws<ExternalException>(() => turned.view(24));
        Assert.Equal([24L], turned.reshape(24).shape);
    }

    [Fact]
    public void A_permuted_contiguous_tensor_is_channels_last()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Numbers.Floats(1, 2, 3, 4, 5);
        Tensor last = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.Equal(x.shape, last.shape);
        Assert.Equal([60L, 1L, 15L, 3L], last.stride());
        Assert.True(last.equal(x).all().item<bool>());

        // convolutions keep that order in memory
        Tensor y = nn.functional.conv2d(last, Numbers.Floats(2, 6, 3, 3, 3), padding: [1, 1]);
        Assert.Equal(1L, y.stride(1));
    }

    [Fact]
    public void Dimensions_come_and_go()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros(2, 3);
        Assert.Equal([2L, 1L, 3L], x.unsqueeze(1).shape);
        Assert.Equal([2L, 3L], x.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([2L, 3L], x.unsqueeze(0).unsqueeze(-1).squeeze().shape);
        Assert.Equal([6L], x.flatten().shape);
        Assert.Equal([3L, 2L], x.transpose(0, 1).shape);
        Assert.Equal([5L, 2L, 3L], x.expand(5, 2, 3).shape);
        Assert.Equal(0L, x.expand(5, 2, 3).stride(0));
        Assert.Equal([4L, 3L], x.repeat(2, 1).shape);
    }

    [Fact]
    public void Parts_are_cut_and_joined()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(12, dtype: float32).reshape(3, 4);
        Assert.Equal([5f, 6f, 9f, 10f], x.narrow(0, 1, 2).narrow(1, 1, 2).reshape(4).data<float>().ToArray());
        Assert.Equal([8f, 9f, 10f, 11f], x.select(0, -1).data<float>().ToArray());
        Assert.Equal(6f, x.index_select(0, tensor(new[] { 1L }))[0, 2].item<float>());
        Assert.True(cat([x.narrow(1, 0, 1), x.narrow(1, 1, 3)], dim: 1).allclose(x));
        Assert.True(stack(x.unbind()).allclose(x));
        Assert.Equal([1L, 3L], x.split([1, 3], dim: 1).Select(part => part.size(1)));
        Assert.Equal(2, x.chunk(2).Length);
        Assert.Equal([3f, 2f, 1f, 0f], x.flip(1)[0].data<float>().ToArray());
        Assert.Equal([3f, 0f, 1f, 2f], x.roll(1, 1)[0].data<float>().ToArray());
    }

    [Fact]
    public void Indices_select_from_either_end()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(24, dtype: float32).reshape(2, 3, 4);
        Assert.Equal([20f, 21f, 22f, 23f], x[1, 2].data<float>().ToArray());
        Assert.Equal(23f, x[1, -1, 3].item<float>());
        x[0, 0] = zeros(4);
        x[1, 2, 3] = tensor(-5f);
        Assert.Equal([0f, 0f, 0f, 0f], x[0, 0].data<float>().ToArray());
        Assert.Equal([20f, 21f, 22f, -5f], x[1, 2].data<float>().ToArray());
        Assert.Throws<ExternalException>(() => x[2]);
    }

    [Fact]
    public void Factories_fill_as_they_say()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([0f, 0f], zeros(2).data<float>().ToArray());
        Assert.Equal([1.0, 1.0], ones([2], float64).data<double>().ToArray());
        Assert.Equal([7f, 7f, 7f], full([3], 7f).data<float>().ToArray());
        Assert.Equal([2L, 4L, 6L], arange(2, 8, 2).data<long>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], linspace(0, 1, 3).data<float>().ToArray());
        Assert.Equal([2L, 5L], empty(2, 5).shape);
        Assert.Equal(ScalarType.BFloat16, zeros_like(zeros(2, dtype: bfloat16)).dtype);
        Assert.Equal([1f, 1f], ones_like(zeros(2)).data<float>().ToArray());
        Assert.Equal([3f, 3f], full_like(zeros(2), 3).data<float>().ToArray());
        Assert.True(zeros(2, requires_grad: true).requires_grad);
    }
}
