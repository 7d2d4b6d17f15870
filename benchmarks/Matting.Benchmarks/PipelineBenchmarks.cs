using BenchmarkDotNet.Attributes;
using Matting.Runtime;
using Matting.Shared.Imaging;

namespace Matting.Benchmarks;

/// <summary>
/// Does the network ever wait for pictures? The baseline is a loop that only runs the network; <see cref="Pipeline"/> reads, prepares,
/// finishes and encodes as many pictures beside it. Its ratio includes reading the first picture and encoding the last one, which nothing
/// overlaps: in a folder of a hundred pictures that is a tenth as much.
/// </summary>
public class PipelineBenchmarks : IDisposable
{
    private static readonly ImageWriteOptions Writing = new() { PngCompression = 4 };

    private DirectoryInfo _folder = null!;
    private string[] _files = [];
    private MattingModel _model = null!;
    private float[] _input = [];
    private float[] _alpha = [];

    /// <summary>Height and width of the network's input in pixels.</summary>
    [Params(320)]
    public int Size { get; set; }

    /// <summary>Pictures of the folder.</summary>
    [Params(10)]
    public int Pictures { get; set; }

    /// <summary>With flip-TTA a run has two inputs.</summary>
    [Params(false, true)]
    public bool FlipTta { get; set; }

    private int Inputs => FlipTta ? 2 : 1;

    [GlobalSetup]
    public void Load()
    {
        _model = SomeModel.Load(Size);
        _input = new float[Inputs * 3 * Size * Size];
        _alpha = new float[Inputs * Size * Size];
        PixelImage photo = SomePicture.Photo(720, 540);
        _folder = Directory.CreateTempSubdirectory("matting-benchmarks-");
        _files = [.. Enumerable.Range(0, Pictures).Select(i => Path.Combine(_folder.FullName, $"{i}.jpg"))];
        foreach (string file in _files)
            ImageFile.Write(file, photo);
    }

    [Benchmark(Baseline = true)]
    public void NetworkOnly()
    {
        for (int i = 0; i < Pictures; i++)
            _model.Run(_input, Inputs, Size, Size, _alpha);
    }

    [Benchmark]
    public int Pipeline()
    {
        PredictOptions options = new() { Tta = FlipTta ? TestTimeAugmentation.Flip : TestTimeAugmentation.None };
        return _model.PredictFiles(_files, (_, alpha) => ImageFile.EncodePng(alpha.ToPictureSize(), Writing).Length, options)
            .Sum(outcome => outcome.Failure is null ? outcome.Result : throw outcome.Failure);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _model.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
