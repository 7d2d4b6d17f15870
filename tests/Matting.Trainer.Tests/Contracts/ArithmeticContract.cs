using TorchSharp;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

public sealed class ArithmeticContract
{
    // float64 results of one rounding each
    private const double Exact = 1e-15;

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Torch, Func<double, double> Formula)> Unary = new()
    {
        ["abs"] = (x => x.abs(), Math.Abs),
        ["neg"] = (x => -x, x => -x),
        ["square"] = (x => x.square(), x => x * x),
        ["pow 3"] = (x => x.pow(3), x => x * x * x),
        ["sqrt of abs"] = (x => x.abs().sqrt(), x => Math.Sqrt(Math.Abs(x))),
        ["rsqrt of abs"] = (x => x.abs().rsqrt(), x => 1 / Math.Sqrt(Math.Abs(x))),
        ["reciprocal"] = (x => x.reciprocal(), x => 1 / x),
        ["exp"] = (x => x.exp(), Math.Exp),
        ["log of abs"] = (x => x.abs().log(), x => Math.Log(Math.Abs(x))),
        ["sigmoid"] = (x => x.sigmoid(), x => 1 / (1 + Math.Exp(-x))),
        ["tanh"] = (x => x.tanh(), Math.Tanh),
        ["relu"] = (x => x.relu(), x => Math.Max(x, 0)),
        ["floor"] = (x => x.floor(), Math.Floor),
        ["round"] = (x => x.round(), x => Math.Round(x, MidpointRounding.ToEven)),
        ["clamp"] = (x => x.clamp(-0.5, 0.25), x => Math.Clamp(x, -0.5, 0.25)),
        ["clamp from below"] = (x => x.clamp(min: (Scalar)0.1), x => Math.Max(x, 0.1)),
        ["add number"] = (x => x + 2, x => x + 2),
        ["number minus"] = (x => 1.5 - x, x => 1.5 - x),
        ["number over"] = (x => 3 / x, x => 3 / x),
        ["div number"] = (x => x / 4, x => x / 4),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Torch, Func<double, double, double> Formula)> Binary = new()
    {
        ["add"] = ((x, y) => x + y, (x, y) => x + y),
        ["add with factor"] = ((x, y) => x.add(y, 3), (x, y) => x + 3 * y),
        ["sub"] = ((x, y) => x - y, (x, y) => x - y),
        ["mul"] = ((x, y) => x * y, (x, y) => x * y),
        ["div"] = ((x, y) => x / y, (x, y) => x / y),
        ["div floor"] = ((x, y) => x.div(y, RoundingMode.floor), (x, y) => Math.Floor(x / y)),
        ["div trunc"] = ((x, y) => x.div(y, RoundingMode.trunc), (x, y) => Math.Truncate(x / y)),
        ["pow"] = ((x, y) => x.abs().pow(y), (x, y) => Math.Pow(Math.Abs(x), y)),
        ["maximum"] = (maximum, Math.Max),
        ["minimum"] = ((x, y) => x.minimum(y), Math.Min),
        ["where"] = ((x, y) => where(x > y, x, y * 2), (x, y) => x > y ? x : y * 2),
        ["lerp"] = ((x, y) => x.lerp(y, tensor(0.25)), (x, y) => x + 0.25 * (y - x)),
        ["addcmul"] = ((x, y) => x.addcmul(x, y, 0.5), (x, y) => x + 0.5 * x * y),
        ["addcdiv"] = ((x, y) => x.addcdiv(x, y, 0.5), (x, y) => x + 0.5 * x / y),
    };

    public static TheoryData<string> UnaryNames => [.. Unary.Keys];

    public static TheoryData<string> BinaryNames => [.. Binary.Keys];

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void A_function_of_one_tensor_is_its_formula(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] x = Numbers.Some(24, seed: 1);
        Numbers.AssertClose([.. x.Select(Unary[name].Formula)], Unary[name].Torch(tensor(x, [4, 6])), 4 * Exact);
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void A_function_of_two_tensors_is_its_formula_and_broadcasts(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        (double[] x, double[] y) = (Numbers.Some(12, seed: 2), Numbers.Some(4, seed: 3));
        double[] expected = [.. x.Select((value, i) => Binary[name].Formula(value, y[i % 4]))];
        Numbers.AssertClose(expected, Binary[name].Torch(tensor(x, [3, 4]), tensor(y)), 4 * Exact);
    }

    [Fact]
    public void In_place_forms_change_the_very_tensor_and_return_it()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 4.0, -9.0 });
        Tensor y = tensor(new[] { 2.0, 3.0 });
        Tensor result = x.add_(1).mul_(y).add_(y, -2).div_(2).abs_();
        Assert.Same(x, result);
        Numbers.AssertClose([Math.Abs((5 * 2 - 2 * 2) / 2.0), Math.Abs((-8 * 3 - 2 * 3) / 2.0)], x, Exact);
        x.addcmul_(y, y, -1).addcdiv_(y, y, 10).lerp_(y, tensor(0.5));
        Numbers.AssertClose([((3 - 4 + 10) + 2) / 2.0, ((15 - 9 + 10) + 3) / 2.0], x, Exact);
        x.zero_().fill_(7).clamp_(max: (Scalar)5).copy_(x + y);
        Numbers.AssertClose([7, 8], x, Exact);
    }

    [Fact]
    public void A_matrix_product_sums_products()
    {
        using DisposeScope scope = NewDisposeScope();
        (double[] a, double[] b) = (Numbers.Some(6, seed: 4), Numbers.Some(12, seed: 5));
        double[] expected = [.. from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 4) select Enumerable.Range(0, 3).Sum(k => a[i * 3 + k] * b[k * 4 + j])];
        Numbers.AssertClose(expected, tensor(a, [2, 3]).matmul(tensor(b, [3, 4])), 4 * Exact);
    }

    [Fact]
    public void Comparisons_give_flags_and_tests_for_numbers_find_them()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1f, 2f, 3f, float.NaN, float.PositiveInfinity });
        Assert.Equal([false, false, true, false, true], (x > 2).data<bool>().ToArray());
        Assert.Equal([true, true, false, false, false], x.le(2).data<bool>().ToArray());
        Assert.Equal([false, true, false, false, false], x.eq(2).data<bool>().ToArray());
        Assert.Equal([true, true, true, false, false], x.isfinite().data<bool>().ToArray());
        Assert.Equal([false, false, false, true, false], x.isnan().logical_not().logical_not().data<bool>().ToArray());
        Assert.True(x.isnan().any().item<bool>());
        Assert.False(x.isfinite().all().item<bool>());
        Assert.True(tensor(1.0).allclose(tensor(1.0 + 1e-9)));
        Assert.False(tensor(1.0).allclose(tensor(1.1)));
    }
}
