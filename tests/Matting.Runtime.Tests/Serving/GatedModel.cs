using System.Collections.Concurrent;
using Matting.Server.Work;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Serving;

/// <summary>A model whose runs wait until a test lets them through; the alpha is the picture's red.</summary>
internal sealed class GatedModel : IServedModel, IDisposable
{
    private readonly SemaphoreSlim _gate = new(0);
    private readonly SemaphoreSlim _begun = new(0);

    public ConcurrentQueue<int> Runs { get; } = [];

    public ConcurrentQueue<int> Cancelled { get; } = [];

    /// <summary>A server's shelf with nothing but this model.</summary>
    public ModelShelf Shelf => new([ModelOffer.Of("gated", "test", this)]);

    public NetworkSize? FixedSize => null;

    public NetworkSize SizeFor(int height, int width, PredictOptions options) => options.Size ?? new NetworkSize(height, width);

    public PixelImage[] Predict(IReadOnlyList<PixelImage> pictures, PredictOptions options, CancellationToken cancellation)
    {
        Runs.Enqueue(pictures.Count);
        _begun.Release();
        try
        {
            _gate.Wait(cancellation);
        }
        catch (OperationCanceledException)
        {
            Cancelled.Enqueue(pictures.Count);
            throw;
        }
        return [.. pictures.Select(Red)];
    }

    /// <summary>Ends when one more run has begun.</summary>
    public Task BegunAsync(CancellationToken cancellation) => _begun.WaitAsync(cancellation);

    public void LetThrough(int runs) => _gate.Release(runs);

    public void Dispose()
    {
        _gate.Dispose();
        _begun.Dispose();
    }

    private static PixelImage Red(PixelImage picture)
    {
        PixelImage red = new(picture.Width, picture.Height, 1);
        for (int i = 0; i < red.Pixels.Length; i++)
            red.Pixels[i] = picture.Pixels[3 * i];
        return red;
    }
}
