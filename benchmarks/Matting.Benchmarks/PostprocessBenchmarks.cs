using BenchmarkDotNet.Attributes;
using Matting.Shared.Postprocessing;

namespace Matting.Benchmarks;

/// <summary>What does a post-process cost, beside a network's run of seconds?</summary>
public class PostprocessBenchmarks
{
    private const int Side = 1024;
    private readonly float[] _alpha = SomeAlpha.Of(Side, off: 0.02);
    private readonly float[] _result = new float[Side * Side];
    private readonly ComponentPostprocess _components = new();
    private readonly CalibrationPostprocess _calibration = new();

    [Benchmark(Baseline = true)]
    public void Components() => _components.Apply(_alpha, Side, Side, _result);

    [Benchmark]
    public void Calibrate() => _calibration.Apply(_alpha, Side, Side, _result);
}
