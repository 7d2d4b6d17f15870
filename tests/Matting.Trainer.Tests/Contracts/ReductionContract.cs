using TorchSharp;
using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

public sealed class ReductionContract
{
    // sums of a dozen float64 numbers
    private const double Tolerance = 1e-14;

    private static readonly double[] X = Numbers.Some(24, seed: 6);

    [Fact]
    public void Sums_and_means_over_everything_and_over_dimensions()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(X, [2, 3, 4]);
        Numbers.AssertClose([X.Sum()], x.sum(), Tolerance);
        Numbers.AssertClose([X.Average()], x.mean(), Tolerance);
        Numbers.AssertClose(Over((i, j, k) => j), x.sum([0, 2]), Tolerance);
        Numbers.AssertClose(Over((i, j, k) => i), x.sum(1, 2), Tolerance);
        Numbers.AssertClose([.. Over((i, j, k) => j).Select(s => s / 8)], x.mean([0, 2], keepdim: true), Tolerance);
        Assert.Equal([1L, 3L, 1L], x.mean([0, 2], keepdim: true).shape);
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1f, 2f }).sum(ScalarType.Float64).dtype);
        Assert.Equal(3L, tensor(new[] { true, true, false, true }).sum().item<long>());
    }

    [Fact]
    public void Extremes_come_with_their_places_when_a_dimension_is_given()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 3f, 1f, 2f, 6f, 5f, 4f }, [2, 3]);
        Assert.Equal((6f, 1f), (x.max().item<float>(), x.min().item<float>()));
        (Tensor values, Tensor places) = x.max(1);
        Assert.Equal([3f, 6f], values.data<float>().ToArray());
        Assert.Equal([0L, 0L], places.data<long>().ToArray());
        Assert.Equal([1L, 2L], x.argmin(1).data<long>().ToArray());
        Assert.Equal([3f, 1f, 2f], x.amin([0]).data<float>().ToArray());
        Assert.Equal([3f, 6f], x.amax(1).data<float>().ToArray());
    }

    [Fact]
    public void Variance_divides_by_the_count_less_one_unless_told_otherwise()
    {
        using DisposeScope scope = NewDisposeScope();
        double mean = X.Average();
        double squares = X.Sum(v => (v - mean) * (v - mean));
        Tensor x = tensor(X);
        Numbers.AssertClose([squares / 23], x.var(), Tolerance);
        Numbers.AssertClose([squares / 24], x.var(unbiased: false), Tolerance);
        Numbers.AssertClose([Math.Sqrt(squares / 23)], x.std(), Tolerance);
        Numbers.AssertClose([squares / 24], x.reshape(4, 6).var([0, 1], unbiased: false), Tolerance);
    }

    [Fact]
    public void Norms_are_roots_of_sums_of_powers()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(X, [4, 6]);
        Numbers.AssertClose([Math.Sqrt(X.Sum(v => v * v))], x.norm(), Tolerance);
        Numbers.AssertClose([.. X.Chunk(6).Select(row => Math.Sqrt(row.Sum(v => v * v)))], x.norm(1), Tolerance);
    }

    [Fact]
    public void Softmax_is_exponentials_over_their_sum()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] expected = [.. X.Chunk(6).SelectMany(row => row.Select(v => Math.Exp(v) / row.Sum(Math.Exp)))];
        Tensor x = tensor(X, [4, 6]);
        Numbers.AssertClose(expected, x.softmax(1), Tolerance);
        Numbers.AssertClose([.. expected.Select(p => Math.Log(p))], x.log_softmax(-1), Tolerance);
    }

    // The sums of the elements [i, j, k] of the tensor that share one index.
    private static double[] Over(Func<int, int, int, int> kept) => [.. Enumerable.Range(0, X.Length)
        .GroupBy(n => kept(n / 12, n / 4 % 3, n % 4), n => X[n]).OrderBy(group => group.Key).Select(group => group.Sum())];
}
