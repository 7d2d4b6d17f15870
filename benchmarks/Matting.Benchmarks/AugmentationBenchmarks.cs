using BenchmarkDotNet.Attributes;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Trainer.Augmentation;

namespace Matting.Benchmarks;

/// <summary>What does each step of augmentation cost on a crop, beside its normalisation?</summary>
public class AugmentationBenchmarks
{
    private const int Size = 512;
    private static readonly XrayParameters Xray = new()
    {
        Floor = 0.45, Amplitude = 0.35, Ceiling = 0.9, Detail = 0.9, Thickness = 0.9, Unsharp = 0.45, Background = 0.12,
    };

    private readonly PixelImage _rgb = SomePicture.Of(Size, Size, 3);
    private readonly PixelImage _alpha = SomePicture.Of(Size, Size, 1);
    private readonly float[] _planes = new float[3 * Size * Size];

    [Benchmark(Baseline = true)]
    public void Normalise() => Preprocessing.ToNchw(_rgb, NormalisationProfile.Imagenet, _planes);

    [Benchmark]
    public PixelImage Flip() => PixelTransforms.FlipHorizontal(_rgb);

    [Benchmark]
    public PixelImage RotateBilinear() => PillowRotate.Bilinear(_rgb, 7, fill: 255);

    [Benchmark]
    public PixelImage RotateAlphaBilinear() => PillowRotate.Bilinear(_alpha, 7, fill: 0);

    [Benchmark]
    public PixelImage RotateAlphaNearest() => PillowRotate.Nearest(_alpha, 7, fill: 0);

    [Benchmark]
    public PixelImage Colour() => PillowEnhance.Saturation(PillowEnhance.Contrast(PillowEnhance.Brightness(_rgb, 1.1), 0.9), 1.1);

    [Benchmark]
    public PixelImage XrayWithNoise() => new JointAugmentation { Left = 0, Top = 0, Size = Size, Xray = Xray, XrayNoise = new SeededRandom(1) }
        .Apply(_rgb, _alpha).Alpha;
}
