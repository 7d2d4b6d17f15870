using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace Matting.Trainer.Tests.Contracts;

public sealed class LossContract
{
    // sums of a dozen float64 numbers
    private const double Tolerance = 1e-14;

    private static readonly double[] X = Numbers.Some(12, seed: 1, low: -3, high: 3);
    private static readonly double[] Y = Numbers.Some(12, seed: 2, low: 0, high: 1);

    [Fact]
    public void Squared_and_absolute_differences_are_averaged_summed_or_kept()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor y) = (tensor(X), tensor(Y));
        double[] squares = [.. X.Zip(Y, (a, b) => (a - b) * (a - b))];
        Numbers.AssertClose([squares.Average()], F.mse_loss(x, y), Tolerance);
        Numbers.AssertClose([squares.Sum()], F.mse_loss(x, y, Reduction.Sum), Tolerance);
        Numbers.AssertClose(squares, F.mse_loss(x, y, Reduction.None), Tolerance);
        Numbers.AssertClose([X.Zip(Y, (a, b) => Math.Abs(a - b)).Average()], F.l1_loss(x, y), Tolerance);
    }

    [Fact]
    public void Smooth_losses_are_squares_near_zero_and_lines_further_away()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor y) = (tensor(X), tensor(Y));
        double[] distances = [.. X.Zip(Y, (a, b) => Math.Abs(a - b))];
        Numbers.AssertClose([distances.Average(d => d < 0.5 ? d * d : d - 0.25)], F.smooth_l1_loss(x, y, beta: 0.5), Tolerance);
    }

    [Fact]
    public void Cross_entropy_of_logits_is_stable_and_takes_weights()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] expected = [.. X.Zip(Y, (a, b) => Math.Max(a, 0) - a * b + Math.Log(1 + Math.Exp(-Math.Abs(a))))];
        Numbers.AssertClose([expected.Average()], F.binary_cross_entropy_with_logits(tensor(X), tensor(Y)), Tolerance);
        Numbers.AssertClose([.. expected.Zip(Y, (e, w) => e * w)], F.binary_cross_entropy_with_logits(tensor(X), tensor(Y), tensor(Y), Reduction.None), Tolerance);
        Numbers.AssertClose([.. expected], F.binary_cross_entropy(tensor(X).sigmoid(), tensor(Y), reduction: Reduction.None), 1e-12);
        Numbers.AssertClose([1000, 0], F.binary_cross_entropy_with_logits(tensor(new[] { -1000.0, 1000.0 }), ones([2], float64), reduction: Reduction.None), Tolerance);
        Assert.Throws<ExternalException>(() => F.binary_cross_entropy_with_logits(zeros(3), zeros(1)));
    }

    [Fact]
    public void Cross_entropy_of_classes_is_the_log_of_the_softmax_at_the_class()
    {
        using DisposeScope scope = NewDisposeScope();
        long[] classes = [2, 0, 1];
        double[] losses = [.. X.Chunk(4).Select((row, i) => Math.Log(row.Sum(Math.Exp)) - row[classes[i]])];
        Tensor x = tensor(X, [3, 4]);
        Numbers.AssertClose([losses.Average()], F.cross_entropy(x, tensor(classes)), Tolerance);
        Numbers.AssertClose([(losses[0] + losses[2]) / 2], F.cross_entropy(x, tensor(new[] { 2L, -100L, 1L })), Tolerance);
        Numbers.AssertClose([losses[0], losses[1], losses[2]], F.nll_loss(x.log_softmax(1), tensor(classes), reduction: Reduction.None), Tolerance);
    }

    [Fact]
    public void Classes_become_flags()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flags = F.one_hot(tensor(new[] { 2L, 0L }), 3);
        Assert.Equal([0L, 0, 1, 1, 0, 0], flags.data<long>().ToArray());
        Assert.Throws<ArgumentException>(() => F.one_hot(zeros(2), 3));
    }
}
