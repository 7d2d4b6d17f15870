using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Weights;

namespace Matting.Shared.Tests.Weights;

public sealed class WeightTensorTests
{
    [Fact]
    public void Numbers_go_in_and_come_out()
    {
        WeightTensor tensor = WeightTensor.FromFloat32([1, 2, 3, 4, 5, 6], 2, 3);
        Assert.Equal(ElementType.Float32, tensor.Type);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal(6, tensor.ElementCount);
        Assert.Equal([1f, 2, 3, 4, 5, 6], tensor.AsFloat32Span().ToArray());
        Assert.Equal("float32 [2, 3]", tensor.ToString());
        Assert.Equal([7L], WeightTensor.FromInt64([7]).AsInt64Span().ToArray());
        Assert.Empty(WeightTensor.FromInt64([7]).Shape);
    }

    [Fact]
    public void A_tensor_shares_the_memory_it_is_given()
    {
        byte[] bytes = new byte[8];
        WeightTensor tensor = new(ElementType.Float32, [2], bytes);
        MemoryMarshal.Cast<byte, float>(bytes.AsSpan())[1] = 5;
        Assert.Equal(5, tensor.AsFloat32Span()[1]);
        Assert.Same(tensor, tensor.AsFloat32());
    }

    [Theory]
    [InlineData(new long[] { 2, 3 }, 20)]
    [InlineData(new long[] { }, 0)]
    [InlineData(new long[] { 0, 5 }, 4)]
    [InlineData(new long[] { -1, -1 }, 4)]
    [InlineData(new long[] { long.MaxValue, 4 }, 0)]
    [InlineData(new long[] { 1L << 40 }, 0)]
    public void A_shape_that_does_not_fit_its_bytes_is_an_error(long[] shape, int bytes) =>
        Assert.Throws<ArgumentException>(() => new WeightTensor(ElementType.Float32, shape, new byte[bytes]));

    [Fact]
    public void An_unknown_type_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightTensor((ElementType)99, [1], new byte[4]));

    [Fact]
    public void Looking_at_a_tensor_as_another_type_names_both()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => { WeightTensor.FromInt64([1]).AsFloat32Span(); });
        Assert.Contains("int64", error.Message, StringComparison.Ordinal);
        Assert.Contains("float32", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => { WeightTensor.FromFloat32([1]).AsInt64Span(); });
    }

    [Fact]
    public void A_destination_of_another_length_is_an_error() =>
        Assert.Throws<ArgumentException>(() => WeightTensor.FromFloat32([1, 2], 2).CopyToFloat32(new float[3]));

    [Fact]
    public void Every_half_becomes_the_same_float()
    {
        ushort[] all = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];
        float[] halves = Convert(ElementType.Float16, all);
        float[] brains = Convert(ElementType.BFloat16, all);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.Equal((float)BitConverter.UInt16BitsToHalf(all[i]), halves[i]);
            Assert.Equal(BitConverter.UInt32BitsToSingle((uint)all[i] << 16), brains[i]);
        }
    }

    [Fact]
    public void Bytes_of_every_value_become_the_same_float()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        Assert.Equal(all.Select(value => (float)value), Convert(ElementType.UInt8, all));
        Assert.Equal(all.Select(value => (float)(sbyte)value), Convert(ElementType.Int8, all));
        Assert.Equal(all.Select(value => value == 0 ? 0f : 1f), Convert(ElementType.Bool, all));
    }

    [Fact]
    public void Wide_numbers_are_rounded_as_a_cast_rounds_them()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<long[]>(), values =>
        {
            Assert.Equal(values.Select(value => (float)value), Convert(ElementType.Int64, values));
            Assert.Equal(values.Select(value => (float)(int)value), Convert(ElementType.Int32, values.Select(value => (int)value).ToArray()));
            Assert.Equal(values.Select(value => (float)(short)value), Convert(ElementType.Int16, values.Select(value => (short)value).ToArray()));
        }).Check(Config.QuickThrowOnFailure.WithReplay(1, 3));
        Prop.ForAll(ArbMap.Default.ArbFor<double[]>(), values =>
            Assert.Equal(values.Select(value => (float)value), Convert(ElementType.Float64, values))).Check(Config.QuickThrowOnFailure.WithReplay(1, 3));
        Assert.Equal([16777216f, -16777216f, 9.223372e18f], Convert<long>(ElementType.Int64, [16777217, -16777217, long.MaxValue]));
        Assert.Equal([float.PositiveInfinity, 0f, float.NaN], Convert<double>(ElementType.Float64, [1e300, 1e-300, double.NaN]));
    }

    [Fact]
    public void A_converted_tensor_keeps_its_shape()
    {
        WeightTensor converted = WeightTensor.FromInt64([1, 2, 3, 4], 2, 2).AsFloat32();
        Assert.Equal([2, 2], converted.Shape);
        Assert.Equal([1f, 2, 3, 4], converted.AsFloat32Span().ToArray());
    }

    private static float[] Convert<T>(ElementType type, T[] values)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        return new WeightTensor(type, [values.Length], bytes).ToFloat32();
    }
}
