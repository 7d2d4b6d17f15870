using static TorchSharp.torch;

namespace Matting.Trainer.Tests.Contracts;

/// <summary>Small tensors of known numbers, and their numbers back.</summary>
internal static class Numbers
{
    /// <summary>Doubles of [low, high), the same for the same seed.</summary>
    public static double[] Some(int count, int seed, double low = -1, double high = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => low + (high - low) * random.NextDouble())];
    }

    /// <summary>A float32 tensor of <see cref="Some"/> numbers.</summary>
    public static Tensor Floats(int seed, params long[] shape) => tensor(Some(Count(shape), seed), shape).to(ScalarType.Float32);

    /// <summary>A float64 tensor of <see cref="Some"/> numbers.</summary>
    public static Tensor Doubles(int seed, params long[] shape) => tensor(Some(Count(shape), seed), shape);

    /// <summary>The elements in row-major order, whatever the strides and the type are.</summary>
    public static double[] Of(Tensor tensor)
    {
        using Tensor plain = tensor.detach().to(ScalarType.Float64).contiguous();
        return plain.data<double>().ToArray();
    }

    /// <summary>Every element is as expected, up to an absolute and relative tolerance.</summary>
    public static void AssertClose(IReadOnlyList<double> expected, Tensor actual, double tolerance)
    {
        double[] numbers = Of(actual);
        Assert.Equal(expected.Count, numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            bool close = numbers[i].Equals(expected[i]) || Math.Abs(numbers[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(close, $"element {i}: {numbers[i]:R}, expected {expected[i]:R} (tolerance {tolerance:R})");
        }
    }

    private static int Count(long[] shape) => (int)shape.Aggregate(1L, (product, n) => product * n);
}
