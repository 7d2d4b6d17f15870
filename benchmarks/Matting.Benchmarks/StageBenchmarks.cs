using BenchmarkDotNet.Attributes;
using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;

namespace Matting.Benchmarks;

/// <summary>What does each stage of one picture cost beside a pass of the network? All but the network run on one thread.</summary>
public class StageBenchmarks : IDisposable
{
    // as `matting predict` writes alphas
    private static readonly ImageWriteOptions Writing = new() { PngCompression = 4 };

    private readonly PixelImage _photo = SomePicture.Photo(1440, 1080);
    private readonly ComponentPostprocess _components = new();
    private readonly CalibrationPostprocess _calibration = new();
    private MattingModel _model = null!;
    private byte[] _jpeg = [];
    private byte[] _png = [];
    private float[] _input = [];
    private float[] _alpha = [];
    private float[] _plain = [];
    private float[] _mirrored = [];
    private float[] _result = [];
    private PixelImage _grey = null!;
    private PixelImage _cutout = null!;

    /// <summary>Height and width of the network's input in pixels.</summary>
    [Params(1024)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _model = SomeModel.Load(Size);
        (_jpeg, _png) = (ImageFile.Encode("photo.jpg", _photo), ImageFile.EncodePng(_photo));
        _input = new float[3 * Size * Size];
        _alpha = SomeAlpha.Of(Size, off: 0.02);
        (_plain, _mirrored) = ([.. _alpha], [.. _alpha]);
        _result = new float[Size * Size];
        _grey = Grey();
        _cutout = CutOutDecontaminated();
    }

    [Benchmark(Baseline = true)]
    public void Network() => _model.Run(_input, 1, Size, Size, _result);

    [Benchmark]
    public PixelImage DecodeJpeg() => ImageFile.ReadRgb(_jpeg, "photo.jpg");

    [Benchmark]
    public PixelImage DecodePng() => ImageFile.ReadRgb(_png, "photo.png");

    [Benchmark]
    public void ResizeAndNormalise() => _model.Prepare(_photo, _input);

    [Benchmark]
    public void MergeFlip() => FlipTta.Merge(_plain, _mirrored, Size);

    [Benchmark]
    public void PostComponents() => _components.Apply(_alpha, Size, Size, _result);

    [Benchmark]
    public void PostCalibrate() => _calibration.Apply(_alpha, Size, Size, _result);

    [Benchmark]
    public PixelImage AlphaAtPictureSize() => Grey();

    [Benchmark]
    public PixelImage CutOutDecontaminated() => Compositing.WithAlpha(ForegroundEstimation.Estimate(_photo, _grey), _grey);

    [Benchmark]
    public byte[] EncodeAlphaPng() => ImageFile.EncodePng(_grey, Writing);

    [Benchmark]
    public byte[] EncodeCutOutPng() => ImageFile.EncodePng(_cutout, Writing);

    [Benchmark]
    public byte[] EncodeCutOutWebp() => ImageFile.Encode("cutout.webp", _cutout);

    [Benchmark]
    public byte[] EncodePhotoJpeg() => ImageFile.Encode("photo.jpg", _photo);

    [GlobalCleanup]
    public void Dispose()
    {
        _model.Dispose();
        GC.SuppressFinalize(this);
    }

    private PixelImage Grey()
    {
        PixelImage levels = new(Size, Size, 1);
        Quantise.Truncate(_alpha, levels.Pixels);
        return Preprocessing.ResizeForNetwork(levels, _photo.Width, _photo.Height);
    }
}
