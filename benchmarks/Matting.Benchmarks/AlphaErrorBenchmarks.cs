using BenchmarkDotNet.Attributes;
using Matting.Shared.Metrics;

namespace Matting.Benchmarks;

/// <summary>What does it cost to measure an alpha?</summary>
public class AlphaErrorBenchmarks
{
    private const int Side = 1024;
    private readonly float[] _prediction = SomeAlpha.Of(Side, off: 0.02);
    private readonly float[] _truth = SomeAlpha.Of(Side);
    private readonly AlphaErrorMeter _all = new();
    private readonly GradientError _gradient = new();
    private readonly ConnectivityError _connectivity = new();

    [Benchmark(Baseline = true)]
    public AlphaErrors All() => _all.Measure(_prediction, _truth, Side, Side);

    [Benchmark]
    public double Gradient() => _gradient.Of(_prediction, _truth, Side, Side);

    [Benchmark]
    public double Connectivity() => _connectivity.Of(_prediction, _truth, Side, Side);
}
