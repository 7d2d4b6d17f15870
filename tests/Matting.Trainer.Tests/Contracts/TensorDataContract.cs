using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

public sealed class TensorDataContract
{
    [Fact]
    public void A_tensor_of_an_array_has_its_shape_type_and_elements()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = torch.tensor(new[] { 1f, 2f, 3f, 4f, 5f, 6f }, [2, 3]);
        Assert.Equal([2L, 3L], tensor.shape);
        Assert.Equal((2L, 2L, 6L, 6L), (tensor.dim(), tensor.ndim, tensor.numel(), tensor.NumberOfElements));
        Assert.Equal((3L, 3L), (tensor.size(1), tensor.size(-1)));
        Assert.Equal([3L, 1L], tensor.stride());
        Assert.Equal(ScalarType.Float32, tensor.dtype);
        Assert.Equal(DeviceType.CPU, tensor.device_type);
        Assert.Equal("cpu", tensor.device.ToString());
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], tensor.data<float>().ToArray());
        Assert.Equal("[2x3], type = Float32, device = cpu", tensor.ToString());
    }

    [Fact]
    public void Later_changes_of_the_array_do_not_reach_the_tensor()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] numbers = [1f, 2f];
        Tensor tensor = torch.tensor(numbers);
        numbers[0] = 9f;
        Assert.Equal([1f, 2f], tensor.data<float>().ToArray());
    }

    [Fact]
    public void Every_element_type_goes_in_and_comes_out()
    {
        using DisposeScope scope = NewDisposeScope();
        RoundTrip<byte>([0, 255], ScalarType.Byte, torch.tensor(new byte[] { 0, 255 }));
        RoundTrip([int.MinValue, 7], ScalarType.Int32, torch.tensor(new[] { int.MinValue, 7 }));
        RoundTrip([long.MinValue, 7L], ScalarType.Int64, torch.tensor(new[] { long.MinValue, 7L }));
        RoundTrip([true, false], ScalarType.Bool, torch.tensor(new[] { true, false }));
        RoundTrip([0.5, double.NaN], ScalarType.Float64, torch.tensor(new[] { 0.5, double.NaN }));
        RoundTrip([(Half)0.1f], ScalarType.Float16, torch.tensor(new[] { 0.1f }).to(ScalarType.Float16));
        RoundTrip([new BFloat16(0.1f)], ScalarType.BFloat16, torch.tensor(new[] { 0.1f }).to(ScalarType.BFloat16));

        static void RoundTrip<T>(T[] expected, ScalarType type, Tensor tensor)
            where T : unmanaged
        {
            Assert.Equal(type, tensor.dtype);
            Assert.Equal(expected, tensor.data<T>().ToArray());
        }
    }

    [Fact]
    public void The_accessor_reads_and_writes_views_in_row_major_order()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = torch.tensor(new[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        TensorAccessor<int> turned = tensor.t().data<int>();
        Assert.Equal([1, 4, 2, 5, 3, 6], turned.ToArray());
        Assert.Equal(6L, turned.Count);
        Assert.Equal((5, 5), (turned[1, 1], turned[3]));

        int[] part = new int[3];
        turned.CopyTo(part, tensorIndex: 2);
        Assert.Equal([2, 5, 3], part);
        turned[0, 1] = 40;
        turned.CopyFrom([10, 41], tensorIndex: 0);
        Assert.Equal([10, 2, 3, 41, 5, 6], tensor.data<int>().ToArray());
    }

    [Fact]
    public void The_bytes_of_a_contiguous_tensor_are_a_span_over_its_memory()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = torch.tensor(new[] { 1, 2, 3 });
        tensor.bytes[4] = 9;
        Assert.Equal([1, 9, 3], tensor.data<int>().ToArray());
        tensor.bytes = new byte[] { 4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0 };
        Assert.Equal([4, 5, 6], tensor.data<int>().ToArray());
        Assert.Throws<ArgumentException>(() => tensor.bytes = new byte[5]);
        Tensor turned = torch.zeros(2, 3).t();
        Assert.Throws<InvalidOperationException>(() => turned.bytes.Length);
    }

    [Fact]
    public void Wrong_sizes_types_and_places_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = torch.zeros(2, 2);
        Assert.Throws<ArgumentException>(() => torch.tensor(new float[3], [2, 2]));
        Assert.Throws<ArgumentException>(() => tensor.data<double>());
        Assert.Throws<ArgumentException>(() => tensor.item<float>());
        Assert.Throws<IndexOutOfRangeException>(() => tensor.data<float>()[4]);
        Assert.Throws<IndexOutOfRangeException>(() => tensor.data<float>()[0, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.data<float>()[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.data<float>().CopyTo(new float[4], tensorIndex: 4));
    }

    [Fact]
    public void An_empty_tensor_has_no_elements()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = torch.zeros(0);
        Assert.Empty(tensor.data<float>().ToArray());
        Assert.Equal(0L, tensor.numel());
        Assert.Equal(0f, tensor.sum().item<float>());
    }
}
