using Matting.Runtime;
using Matting.Server.Http;
using Matting.Server.Metrics;
using Matting.Server.Page;
using Matting.Server.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matting.Server;

/// <summary>
/// Matting models behind HTTP: <c>POST /predict</c> answers a picture with its alpha, <c>GET /</c> is a page to try it, <c>/models</c> lists the models,
/// <c>/health</c>, <c>/ready</c> and <c>/metrics</c> are for those who run it. Requests name no files and no addresses:
/// the server reads nothing but what it is sent, and its models.
/// </summary>
public sealed class MattingServer : IAsyncDisposable
{
    // a request's head is small; these only keep idle and half-open connections from adding up
    private const int MostConnections = 1024;
    private static readonly TimeSpan HeadLimit = TimeSpan.FromSeconds(10);

    // an answer keeps its memory until it is read
    private static readonly MinDataRate SlowestReader = new(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(10));

    private readonly WebApplication _application;
    private readonly Batcher _batcher;
    private readonly Admission _admission;
    private readonly TimeSpan _drainLimit;

    private MattingServer(WebApplication application, Batcher batcher, Admission admission, TimeSpan drainLimit)
    {
        (_application, _batcher, _admission, _drainLimit) = (application, batcher, admission, drainLimit);
        Address = new Uri(application.Urls.Single());
    }

    /// <summary>Where the server listens, with the real port.</summary>
    public Uri Address { get; }

    /// <summary>Serves one model: runs the network once (<see cref="MattingModel.WarmUp"/>), so that the first client does not wait for its start, and listens.</summary>
    /// <param name="model">The model; stays the caller's and must live longer than the server.</param>
    /// <param name="options">Address, limits and defaults.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    /// <exception cref="MattingModelException">The network does not run.</exception>
    public static async Task<MattingServer> StartAsync(MattingModel model, ServerOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= ServerOptions.Default;
        options.Check();
        await WarmUpAsync(model, options, cancellation);
        return await StartAsync(new ModelShelf([ModelOffer.Of(model)]), options, cancellation);
    }

    /// <summary>
    /// Serves several models, which requests choose by <c>?model=NAME</c>: the file's name without folder and extension; the first is for requests that name none.
    /// Each is loaded and run once before the server listens. Those that the cache drops meanwhile are loaded again when they are asked for, and so are those whose
    /// file has changed; requests that run keep the model they began with. One run of one of them is at work at a time.
    /// </summary>
    /// <param name="models">Keeps the models; stays the caller's and must live longer than the server.</param>
    /// <param name="files">ONNX files, at least one.</param>
    /// <param name="loading">How they are loaded; null for the defaults.</param>
    /// <param name="options">Address, limits and defaults.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="ArgumentException">There is no file, or an option is out of range.</exception>
    /// <exception cref="NameCollisionException">Two models would have one name.</exception>
    /// <exception cref="MattingModelException">A model cannot be read or used, or contradicts the options.</exception>
    /// <exception cref="Matting.Shared.Onnx.OnnxFormatException">A file is damaged, refers to other files, or its metadata is garbled.</exception>
    /// <exception cref="DeviceUnavailableException">The device is not there.</exception>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<MattingServer> StartAsync(
        MattingModelCache models, IReadOnlyList<string> files, MattingModelOptions? loading = null, ServerOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count, nameof(files));
        options ??= ServerOptions.Default;
        options.Check();
        NameCollisionException.ThrowIfAny(files, ModelOffer.NameOf);
        List<ModelOffer> offers = [];
        foreach (string file in files)
        {
            using MattingModelLease lease = await models.RentAsync(file, loading, cancellation);
            await WarmUpAsync(lease.Model, options, cancellation);
            offers.Add(ModelOffer.Of(models, file, loading, lease.Model.Provider));
        }
        return await StartAsync(new ModelShelf(offers), options, cancellation);
    }

    internal static async Task<MattingServer> StartAsync(ModelShelf shelf, ServerOptions options, CancellationToken cancellation)
    {
        options.Check();
        ServerMetrics metrics = new(shelf);
        Admission admission = new(options.Queue);
        Batcher batcher = new(options.Predict.Batch, options.BatchWait, metrics.BatchRan);
        RequestMemory memory = new(options.Memory);
        PredictEndpoint predict = new(shelf, options, admission, batcher, memory, metrics);
        WebApplication application = Build(options, new RequestRouter(predict, admission, memory, metrics, shelf, new TrialPage([.. shelf.Offers.Select(offer => offer.Name)])));
        try
        {
            await application.StartAsync(cancellation);
            return new MattingServer(application, batcher, admission, options.DrainLimit);
        }
        catch
        {
            await application.DisposeAsync();
            await batcher.DisposeAsync();
            throw;
        }
    }

    /// <summary>Listens no more, answers the requests that are in the house, and ends.</summary>
    /// <returns>True when all of them were answered within <see cref="ServerOptions.DrainLimit"/>.</returns>
    public async Task<bool> StopAsync()
    {
        _admission.Close();
        using CancellationTokenSource limit = new(_drainLimit);
        await _application.StopAsync(limit.Token);
        return !limit.IsCancellationRequested;
    }

    /// <summary>Ends the server without waiting for requests; after <see cref="StopAsync"/> only gives its memory back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _batcher.DisposeAsync();
    }

    private static async Task WarmUpAsync(MattingModel model, ServerOptions options, CancellationToken cancellation)
    {
        await Task.Run(() => model.WarmUp(options.Predict, cancellation), cancellation);
        options.Loaded?.Invoke(model);
    }

    // the empty builder: no configuration files, no environment, no logging, no static files
    private static WebApplication Build(ServerOptions options, RequestRouter router)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadLimit;
            kestrel.Limits.MinResponseDataRate = SlowestReader;
            kestrel.Listen(options.Address, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => ClientPresence.Watch(next, options.Patience));
            });
        });
        WebApplication application = builder.Build();
        application.Run(router.HandleAsync);
        return application;
    }

    /// <summary>Signals are the business of the program that the server runs in.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
