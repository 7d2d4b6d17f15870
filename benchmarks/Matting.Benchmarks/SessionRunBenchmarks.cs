using BenchmarkDotNet.Attributes;
using Matting.Runtime;
using Matting.Shared.Imaging;

namespace Matting.Benchmarks;

/// <summary>What does U2NETP cost in ONNX Runtime, by device, size, batch and flip-TTA? The time is that of the whole batch.</summary>
public class SessionRunBenchmarks : IDisposable
{
    private MattingModel _model = null!;
    private float[] _input = [];
    private float[] _alpha = [];
    private int _inputs;

    /// <summary>Where the network runs.</summary>
    [ParamsSource(nameof(Devices))]
    public string Device { get; set; } = "";

    public static IEnumerable<string> Devices => SomeDevices.Names;

    /// <summary>Height and width of the network's input in pixels.</summary>
    [Params(320, 512, 1024)]
    public int Size { get; set; }

    /// <summary>Pictures in a run.</summary>
    [Params(1, 2)]
    public int Batch { get; set; }

    /// <summary>With flip-TTA a run has twice as many inputs as pictures.</summary>
    [Params(false, true)]
    public bool FlipTta { get; set; }

    [GlobalSetup]
    public void Load()
    {
        _model = SomeModel.Load(Size, Device);
        _inputs = FlipTta ? 2 * Batch : Batch;
        PixelImage picture = SomePicture.Of(Size, Size, 3);
        int values = 3 * Size * Size;
        _input = new float[_inputs * values];
        for (int i = 0; i < _inputs; i++)
            Preprocessing.ToNchw(picture, NormalisationProfile.Imagenet, _input.AsSpan(i * values, values), mirror: FlipTta && i % 2 == 1);
        _alpha = new float[_inputs * Size * Size];
    }

    [Benchmark]
    public void Run() => _model.Run(_input, _inputs, Size, Size, _alpha);

    [GlobalCleanup]
    public void Dispose()
    {
        _model.Dispose();
        GC.SuppressFinalize(this);
    }
}
