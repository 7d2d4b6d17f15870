using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

public sealed class ConversionContract
{
    private static readonly float[] Edges = [0f, -0f, 1f, 1.00390625f, 0.1f, -3.14159f, 65504f, 1e-8f, 3e38f, float.PositiveInfinity, float.NegativeInfinity];

    [Fact]
    public void Half_precision_rounds_as_dotnet_does()
    {
        using DisposeScope scope = NewDisposeScope();
        Half[] expected = Array.ConvertAll(Edges, f => (Half)f);
        Assert.Equal(expected, tensor(Edges).to(ScalarType.Float16).data<Half>().ToArray());
    }

    [Fact]
    public void Bfloat16_rounds_to_nearest_even()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor narrow = tensor(Edges).to(ScalarType.BFloat16);
        Assert.Equal(Array.ConvertAll(Edges, f => new BFloat16(f)), narrow.data<BFloat16>().ToArray());
        // the upper 16 bits of the float, the tie 1 + 2^-8 rounded down to the even 1
        Assert.Equal([0f, 1f, 1f, 0.100097656f], narrow.to(float32).data<float>().ToArray().Where((_, i) => i is 0 or 2 or 3 or 4));
        Assert.True(float.IsNaN(tensor(float.NaN).bfloat16().ToSingle()));
    }

    [Fact]
    public void Conversion_to_integers_cuts_towards_zero_and_to_bool_asks_for_nonzero()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = torch.tensor(new[] { -1.9f, -0.5f, 0f, 0.5f, 2.9f });
        Assert.Equal([-1L, 0, 0, 0, 2], tensor.to_type(ScalarType.Int64).data<long>().ToArray());
        Assert.Equal([-1, 0, 0, 0, 2], tensor.@int().data<int>().ToArray());
        Assert.Equal([true, true, false, true, true], tensor.type(ScalarType.Bool).data<bool>().ToArray());
        Assert.Equal(ScalarType.Byte, torch.tensor(new[] { 200f }).type(uint8).dtype);
    }

    [Fact]
    public void A_conversion_to_the_own_type_shares_memory_unless_a_copy_is_asked_for()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tensor = zeros(2);
        Tensor alias = tensor.to(ScalarType.Float32);
        Tensor copy = tensor.to(ScalarType.Float32, copy: true);
        tensor.fill_(1);
        Assert.Equal([1f, 1f], alias.data<float>().ToArray());
        Assert.Equal([0f, 0f], copy.data<float>().ToArray());
        Assert.NotSame(tensor, alias);
    }

    [Fact]
    public void A_source_can_be_disposed_with_its_conversion()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor source = ones(2);
        Tensor result = source.to(ScalarType.Float64, disposeAfter: true);
        Assert.True(source.IsInvalid);
        Assert.Equal([1.0, 1.0], result.data<double>().ToArray());
    }

    [Fact]
    public void A_tensor_of_one_element_is_read_as_any_number()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor two = tensor(2.75f).reshape(1, 1);
        Assert.Equal((2.75f, 2.75, 2, 2L, true), (two.ToSingle(), two.ToDouble(), two.ToInt32(), two.ToInt64(), two.ToBoolean()));
        Assert.Equal(2.75f, two.item<float>());
        Assert.Equal(-7L, tensor(-7L).item<long>());
        Assert.Throws<ExternalException>(() => zeros(2).ToSingle());
    }

    [Fact]
    public void Scalars_know_their_kind()
    {
        Assert.Equal(ScalarType.Int64, ((Scalar)3).Type);
        Assert.Equal(ScalarType.Float64, ((Scalar)3f).Type);
        Assert.Equal(ScalarType.Bool, ((Scalar)true).Type);
        Assert.Equal((3, 3.5, 3L), (((Scalar)3.9).ToInt32(), ((Scalar)3.5f).ToDouble(), ((Scalar)3L).ToInt64()));
    }

    [Fact]
    public void Numbers_promote_types_as_in_PyTorch()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor whole = tensor(new[] { 1L, 2L });
        Assert.Equal(ScalarType.Int64, (whole + 1).dtype);
        Assert.Equal(ScalarType.Float32, (whole * 0.5).dtype);
        Assert.Equal(ScalarType.Float32, (whole / 2).dtype);
        Assert.Equal(ScalarType.BFloat16, (zeros(2, dtype: bfloat16) + 1.5).dtype);
        Assert.Equal(ScalarType.Float64, (zeros(2) + zeros(2, dtype: float64)).dtype);
    }
}
