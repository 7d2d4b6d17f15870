using System.Globalization;
using Matting.CommandLine;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Bench;

/// <summary>The model, loaded on one device with one number of threads at one size, and the network's input of its largest run.</summary>
internal sealed class BenchSession : IDisposable
{
    private readonly long _memoryBefore;
    private float[] _input = [];
    private float[] _alpha = [];

    private BenchSession(MattingModel model, long memoryBefore)
    {
        (Model, _memoryBefore) = (model, memoryBefore);
        Size = new NetworkSize(model.Height!.Value, model.Width!.Value);
    }

    public MattingModel Model { get; }

    public NetworkSize Size { get; }

    /// <summary>What the process has grown by at most since before this session was loaded.</summary>
    public long Growth => Math.Max(0, ProcessMemory.Peak() - _memoryBefore);

    /// <summary>Device, threads and size, for labels.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture, $"{Model.Device} {Model.Threads}t {Size}");

    /// <param name="load">Loads the model.</param>
    /// <returns>Null for a model of open size when the options name none.</returns>
    public static BenchSession? Open(Func<MattingModel> load)
    {
        ProcessMemory.ResetPeak();
        long before = ProcessMemory.Now();
        MattingModel model = load();
        if (model is { Height: not null, Width: not null })
            return new BenchSession(model, before);
        model.Dispose();
        return null;
    }

    /// <summary>Makes room for the largest run and fills it with the picture and its mirror in turn.</summary>
    /// <exception cref="UserErrorException">More values than a run can hold.</exception>
    public void Prepare(PixelImage picture, int inputs)
    {
        long plane = 3 * Size.Pixels;
        if (plane * inputs > Array.MaxLength)
            throw UserErrorException.Usage($"{inputs} inputs of {Size} are more than one run can hold: choose a smaller --batch");
        _input = new float[plane * inputs];
        _alpha = new float[Size.Pixels * inputs];
        PixelImage sized = Preprocessing.ResizeForNetwork(picture, Size.Width, Size.Height);
        for (int input = 0; input < inputs; input++)
            Preprocessing.ToNchw(sized, Model.Profile, _input.AsSpan((int)plane * input, (int)plane), mirror: input % 2 == 1);
    }

    /// <summary>Runs the bare network.</summary>
    public void Run(int inputs, CancellationToken cancellation) => Model.Run(
        _input.AsSpan(0, (int)(3 * Size.Pixels * inputs)), inputs, Size.Height, Size.Width, _alpha.AsSpan(0, (int)(Size.Pixels * inputs)), cancellation);

    /// <summary>A copy of what the last run found for one of its inputs.</summary>
    public float[] Alpha(int input) => _alpha.AsSpan((int)Size.Pixels * input, (int)Size.Pixels).ToArray();

    public void Dispose() => Model.Dispose();
}
