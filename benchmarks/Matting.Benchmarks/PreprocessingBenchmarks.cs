using BenchmarkDotNet.Attributes;
using Matting.Shared.Imaging;

namespace Matting.Benchmarks;

/// <summary>What does a picture cost on its way into the network: resize, then normalise to planes?</summary>
public class PreprocessingBenchmarks
{
    private readonly PixelImage _photo = SomePicture.Of(1440, 1079, 3);
    private PixelImage _resized = null!;
    private float[] _planes = [];

    /// <summary>Height and width of the network's input in pixels.</summary>
    [Params(320, 512, 1024)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Allocate()
    {
        _resized = Preprocessing.ResizeForNetwork(_photo, Size, Size);
        _planes = new float[3 * Size * Size];
    }

    [Benchmark(Baseline = true)]
    public void Normalise() => Preprocessing.ToNchw(_resized, NormalisationProfile.Imagenet, _planes);

    [Benchmark]
    public void NormaliseMirrored() => Preprocessing.ToNchw(_resized, NormalisationProfile.Imagenet, _planes, mirror: true);

    [Benchmark]
    public void ResizeAndNormalise() =>
        Preprocessing.ToNchw(Preprocessing.ResizeForNetwork(_photo, Size, Size), NormalisationProfile.Imagenet, _planes);
}
