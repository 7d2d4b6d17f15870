using System.Diagnostics;
using Matting.Runtime.Prediction;
using Matting.Runtime.Sessions;
using Matting.Shared.Imaging;
using Matting.Shared.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime;

/// <summary>
/// A matting model, loaded once and used as often as needed: pictures in, alpha out. All members may be
/// called from several threads at once; every call in progress has buffers of its own, which are kept for
/// later calls. Must be disposed; calls that are still running then end undisturbed.
/// </summary>
/// <example>
/// <code>
/// using MattingModel model = MattingModel.Load("model.onnx");
/// PixelImage alpha = model.PredictFile("photo.jpg");
/// ImageFile.Write("alpha.png", alpha);
/// </code>
/// </example>
public sealed partial class MattingModel : IDisposable
{
    private readonly ModelSession _session;
    private readonly ModelSettings _settings;

    private MattingModel(ModelSession session, ModelSettings settings, string name, string provider, ComputeDevice device, int threads, long started)
    {
        (_session, _settings) = (session, settings);
        (Name, Provider, Device, Threads) = (name, provider, device.ToString(), threads);
        RuntimeVersion = OrtEnv.Instance().GetVersionString();
        LoadTime = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>The model's file, or the name it was given.</summary>
    public string Name { get; }

    /// <summary>What the model says about itself; null for a foreign one.</summary>
    public ModelCard? Card => _settings.Card;

    /// <summary>The normalisation of its input.</summary>
    public NormalisationProfile Profile => _settings.Profile;

    /// <summary>Height at which the network runs, from the model or the options; null, as <see cref="Width"/>, when each picture decides.</summary>
    public int? Height => _settings.Size?.Height;

    /// <summary>Width at which the network runs, from the model or the options; null, as <see cref="Height"/>, when each picture decides.</summary>
    public int? Width => _settings.Size?.Width;

    /// <summary>The output that is read; a foreign model may have several.</summary>
    public string Output => _session.Signature.Output;

    /// <summary>What makes alpha of the output.</summary>
    public OutputNormalisation OutputNormalisation => _settings.Scaling ?? OutputNormalisation.None;

    /// <summary>The execution provider that runs the network, as ONNX Runtime names it, for instance <c>CPUExecutionProvider</c>.</summary>
    public string Provider { get; }

    /// <summary>The device that was asked for, and is used, in its one spelling, for instance <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Device { get; }

    /// <summary>Threads of one run on the CPU.</summary>
    public int Threads { get; }

    /// <summary>Release of the native ONNX Runtime, for instance 1.30.0.</summary>
    public string RuntimeVersion { get; }

    /// <summary>What loading took: reading the file, and ONNX Runtime's preparation of the graph.</summary>
    public TimeSpan LoadTime { get; }

    /// <summary>
    /// What the first run of the network took, its buffers and kernels being set up on the way (<see cref="WarmUp"/>, or the first prediction);
    /// null until it has ended.
    /// </summary>
    public TimeSpan? FirstRunTime => _session.FirstRunTime;

    /// <summary>Runs whose buffers are out; 0 when nobody uses the model.</summary>
    internal int RunsInProgress => _session.Rented;

    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">An ONNX file with all its weights in it.</param>
    /// <param name="options">Device, threads, and what a foreign model does not say about itself.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MattingModelException">The model cannot be read or used, or contradicts the options.</exception>
    /// <exception cref="OnnxFormatException">The file is damaged, refers to other files, or its metadata is garbled.</exception>
    /// <exception cref="DeviceUnavailableException">The device is not there.</exception>
    public static MattingModel Load(string path, MattingModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        long started = Stopwatch.GetTimestamp();
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string cause = Directory.Exists(path) ? "is a folder, not a model" : File.Exists(path) ? $"cannot be read: {failure.Message}" : "there is no such file";
            throw new MattingModelException(path, MattingModelError.Unreadable, cause, failure);
        }
        return Load(content, path, options, started);
    }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="content">An ONNX file with all its weights in it.</param>
    /// <param name="name">The name that messages give it.</param>
    /// <param name="options">Device, threads, and what a foreign model does not say about itself.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MattingModelException">The model cannot be used, or contradicts the options.</exception>
    /// <exception cref="OnnxFormatException">The file is damaged, refers to other files, or its metadata is garbled.</exception>
    /// <exception cref="DeviceUnavailableException">The device is not there.</exception>
    public static MattingModel Load(byte[] content, string name, MattingModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Load(content, name, options, Stopwatch.GetTimestamp());
    }

    /// <summary>Runs the network once over an empty picture, so that what only the first run sets up does not delay a picture that somebody waits for.</summary>
    /// <param name="options">As later predictions will have it: the augmentation, and the size in models of open size (without one the smallest there is).</param>
    /// <param name="cancellation">Stops the run at its next node.</param>
    /// <returns>What the run took.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MattingModelException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TimeSpan WarmUp(PredictOptions? options = null, CancellationToken cancellation = default)
    {
        long started = Stopwatch.GetTimestamp();
        options = Checked(options);
        PixelImage empty = new(1, 1, 3);
        // no alpha is made: some networks give no numbers for a picture that shows nothing, and do for others
        using PictureRun run = new(_session, options, SizeFor(empty.Height, empty.Width, options), pictures: 1);
        run.Put(0, empty, Profile);
        run.Execute(1, cancellation);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>
    /// Runs the bare network; for verification and measurements. On the CPU inputs of more than 1024x1024 pixels together
    /// follow each other: that takes no longer and far less memory.
    /// </summary>
    /// <param name="nchw">Normalised input, [N, 3, H, W].</param>
    /// <param name="batch">N.</param>
    /// <param name="height">H; the model's own if that is fixed.</param>
    /// <param name="width">W; the model's own if that is fixed.</param>
    /// <param name="alpha">Receives the output, [N, 1, H, W].</param>
    /// <param name="cancellation">Stops the run at its next node.</param>
    /// <exception cref="ArgumentException">A length or size does not fit.</exception>
    /// <exception cref="MattingModelException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(ReadOnlySpan<float> nchw, int batch, int height, int width, Span<float> alpha, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        NetworkSize size = new(height, width);
        if ((_session.Signature.Height ?? height) != height || (_session.Signature.Width ?? width) != width)
            throw new ArgumentException($"{Name} takes pictures of {_session.Signature.Height}x{_session.Signature.Width}, not of {size}", nameof(height));
        if (nchw.Length != batch * 3 * size.Pixels || alpha.Length != batch * size.Pixels)
            throw new ArgumentException($"{batch} pictures of {size} need {batch * 3 * size.Pixels} values and give {batch * size.Pixels}, not {nchw.Length} and {alpha.Length}", nameof(nchw));
        RunSlot slot = _session.Rent(batch, size);
        try
        {
            nchw.CopyTo(slot.Input);
            _session.Run(slot, cancellation);
            slot.Output.CopyTo(alpha);
        }
        finally
        {
            _session.Return(slot);
        }
    }

    /// <summary>The size at which the network runs for a picture: the model's, or for models of open size the options' or one near the picture's own.</summary>
    /// <param name="height">The picture's height.</param>
    /// <param name="width">The picture's width.</param>
    /// <param name="options">Chooses or limits the size in models of open size.</param>
    public NetworkSize SizeFor(int height, int width, PredictOptions? options = null) =>
        _settings.Size ?? options?.Size ?? _settings.ForPicture(height, width, (options ?? PredictOptions.Default).LongestSide);

    /// <summary>Writes what the network gets to see of a picture; for verification.</summary>
    /// <param name="rgb">A picture of three channels and any size.</param>
    /// <param name="chw">Receives [3, H, W], with H and W of <see cref="SizeFor"/>.</param>
    /// <param name="options">Limits the size in models of open size.</param>
    /// <exception cref="ArgumentException">The picture is not RGB, or <paramref name="chw"/> has another length.</exception>
    public void Prepare(PixelImage rgb, Span<float> chw, PredictOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        NetworkSize size = SizeFor(rgb.Height, rgb.Width, options);
        Preprocessing.ToNchw(Preprocessing.ResizeForNetwork(rgb, size.Width, size.Height), Profile, chw);
    }

    /// <summary>Predicts the alpha of one picture.</summary>
    /// <param name="rgb">A picture of three channels and any size.</param>
    /// <param name="options">Augmentation, post-process and size; the batch does not matter.</param>
    /// <param name="cancellation">Stops the run at its next node.</param>
    /// <returns>A grey picture of the same size; see <see cref="PictureAlpha.ToPictureSize"/>.</returns>
    /// <exception cref="ArgumentException">The picture is not RGB, or an option is out of range.</exception>
    /// <exception cref="MattingModelException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PixelImage Predict(PixelImage rgb, PredictOptions? options = null, CancellationToken cancellation = default) =>
        Predict(rgb, ResultOptions.Default, options, cancellation);

    /// <summary>Predicts the alpha of one picture and makes a cut-out or a composite of it.</summary>
    /// <param name="rgb">A picture of three channels and any size.</param>
    /// <param name="result">What is made.</param>
    /// <param name="options">Augmentation, post-process and size; the batch does not matter.</param>
    /// <param name="cancellation">Stops the run at its next node.</param>
    /// <returns>1, 4 or 3 channels; see <see cref="PictureAlpha.ToResult"/>.</returns>
    /// <exception cref="ArgumentException">The picture is not RGB, or an option is out of range.</exception>
    /// <exception cref="MattingModelException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PixelImage Predict(PixelImage rgb, ResultOptions result, PredictOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentNullException.ThrowIfNull(result);
        result.Check();
        options = Checked(options);
        using PictureRun run = new(_session, options with { KeepPictures = true }, SizeFor(rgb.Height, rgb.Width, options), pictures: 1);
        run.Put(0, rgb, Profile);
        run.Execute(1, cancellation);
        return run.Alpha(0, options.Post?.Create()).ToResult(result);
    }

    /// <summary>Reads a picture file and predicts its alpha; see <see cref="Predict(PixelImage, PredictOptions?, CancellationToken)"/>.</summary>
    /// <param name="path">A picture file.</param>
    /// <param name="options">Reading, augmentation, post-process and size; the batch does not matter.</param>
    /// <param name="cancellation">Stops the run at its next node.</param>
    /// <returns>A grey picture of the picture's size.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="ImageFileException">The file is no picture that can be read.</exception>
    /// <exception cref="MattingModelException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PixelImage PredictFile(string path, PredictOptions? options = null, CancellationToken cancellation = default) =>
        PredictFile(path, ResultOptions.Default, options, cancellation);

    /// <summary>Reads a picture file, predicts its alpha and makes a cut-out or a composite of it; see <see cref="Predict(PixelImage, ResultOptions, PredictOptions?, CancellationToken)"/>.</summary>
    /// <param name="path">A picture file.</param>
    /// <param name="result">What is made.</param>
    /// <param name="options">Reading, augmentation, post-process and size; the batch does not matter.</param>
    /// <param name="cancellation">Stops the run at its next node.</param>
    /// <returns>1, 4 or 3 channels; see <see cref="PictureAlpha.ToResult"/>.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="ImageFileException">The file is no picture that can be read.</exception>
    /// <exception cref="MattingModelException">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PixelImage PredictFile(string path, ResultOptions result, PredictOptions? options = null, CancellationToken cancellation = default) =>
        Predict(ImageFile.ReadRgb(path, (options ?? PredictOptions.Default).Reading), result, options, cancellation);

    /// <summary>Ends the session; calls in progress end first.</summary>
    public void Dispose() => _session.Dispose();

    private static MattingModel Load(byte[] content, string name, MattingModelOptions? options, long started)
    {
        options ??= MattingModelOptions.Default;
        ComputeDevice device = ComputeDevice.Parse(options.Device);
        int threads = options.Threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryLimit ?? 1, 1, nameof(options));
        // ONNX Runtime would look for tensors of other files in the working directory
        OnnxFile.CheckStructure(content, name);
        (InferenceSession session, string provider) = SessionFactory.Open(content, name, device, threads, options.MemoryLimit);
        try
        {
            ModelSignature signature = ModelSignature.Of(session, name, options.Output, options.Preset?.Output);
            ModelCard? card = ModelCard.FromMetadata(session.ModelMetadata.CustomMetadataMap, name);
            ModelSettings settings = ModelSettings.Resolve(card, signature, options, name, content);
            OutputScaling scaling = new(settings.Scaling, signature.Output, name);
            return new MattingModel(new ModelSession(session, signature, name, SessionSettings.PixelsTogether(device), scaling), settings, name, provider, device, threads, started);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private PredictOptions Checked(PredictOptions? options)
    {
        options ??= PredictOptions.Default;
        options.Check();
        return options.Size is { } size && _settings.Size is { } own && size != own
            ? throw new ArgumentException($"{Name} runs at {own}, not at {size}", nameof(options))
            : options;
    }
}
