using BenchmarkDotNet.Attributes;
using Matting.Shared.Imaging;

namespace Matting.Benchmarks;

/// <summary>What does an exact Pillow resize to the network's size cost, next to OpenCV's?</summary>
public class ResizeBenchmarks
{
    private const int Target = 1024;
    private PixelImage _source = null!;

    /// <summary>The picture: a small photograph (enlarged), a 12 megapixel one (reduced).</summary>
    [Params("718x478", "4000x3000")]
    public string Picture { get; set; } = "";

    /// <summary>Grey (an alpha) or RGB.</summary>
    [Params(1, 3)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void MakePicture()
    {
        int[] size = [.. Picture.Split('x').Select(int.Parse)];
        _source = SomePicture.Of(size[0], size[1], Channels);
    }

    [Benchmark(Baseline = true)]
    public PixelImage OpenCvBilinear() => OpenCvResize.Bilinear(_source, Target, Target);

    [Benchmark]
    public PixelImage PillowBilinear() => PillowResize.Bilinear(_source, Target, Target);
}
