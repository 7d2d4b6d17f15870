using Matting.Runtime;

namespace Matting.Server.Work;

/// <summary>A model that requests can choose by its name.</summary>
/// <param name="Name">Clients read it and write it: it tells nothing of where the file lies.</param>
/// <param name="Provider">What runs it, for the metrics.</param>
/// <param name="RentAsync">Hands it out for one request; loads it first when it is not in memory, or not as its file is by now.</param>
internal sealed record ModelOffer(string Name, string Provider, Func<CancellationToken, Task<ModelUse>> RentAsync)
{
    /// <summary>A model that its owner keeps loaded.</summary>
    public static ModelOffer Of(MattingModel model) => Of(NameOf(model.Name), model.Provider, new ServedModel(model));

    public static ModelOffer Of(string name, string provider, IServedModel model) => new(name, provider, _ => Task.FromResult(new ModelUse(model, null)));

    /// <summary>A model of a cache.</summary>
    /// <param name="cache">Keeps it, or not.</param>
    /// <param name="file">Its file.</param>
    /// <param name="loading">How it is loaded.</param>
    /// <param name="provider">What runs it.</param>
    public static ModelOffer Of(MattingModelCache cache, string file, MattingModelOptions? loading, string provider)
    {
        string name = NameOf(file);
        return new(name, provider, async cancellation =>
        {
            try
            {
                MattingModelLease lease = await cache.RentAsync(file, loading, cancellation);
                return new ModelUse(new ServedModel(lease.Model), lease);
            }
            // it was loaded when the server started: that it cannot be by now is no fault of the request
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new InvalidOperationException($"{name} cannot be loaded any more: {failure.Message}", failure);
            }
        });
    }

    /// <summary>The name of a model by its file: without folder and extension.</summary>
    public static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);
}

/// <summary>A model in use by a request.</summary>
/// <param name="Model">The model.</param>
/// <param name="Lease">What keeps it loaded; null when its owner does.</param>
internal sealed record ModelUse(IServedModel Model, IDisposable? Lease) : IDisposable
{
    public void Dispose() => Lease?.Dispose();
}
