using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;

namespace Matting.Server.Work;

/// <summary>What pictures must have in common to share a run.</summary>
/// <param name="Offer">Where their model stands on the shelf.</param>
/// <param name="Model">The model as it was when it was rented.</param>
/// <param name="Size">The size at which the network runs.</param>
/// <param name="Tta">The augmentation.</param>
/// <param name="Post">The post-process with its numbers, or null.</param>
internal readonly record struct RunKey(int Offer, IServedModel Model, NetworkSize Size, TestTimeAugmentation Tta, PostprocessOptions? Post);

/// <summary>A picture on its way through the network. Its client may go away until the run begins, and after that makes the run pointless.</summary>
internal sealed class PictureJob(PixelImage picture, RunKey key, PredictOptions options, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<PixelImage> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PixelImage? _picture = picture;
    private int _taken;

    public RunKey Key => key;

    public PredictOptions Options => options;

    public CancellationToken Cancellation => cancellation;

    public Task<PixelImage> Completion => _completion.Task;

    /// <summary>Whether a run may still take it.</summary>
    public bool IsWaiting => Volatile.Read(ref _taken) == 0;

    /// <summary>Begins the run; false when the client has gone.</summary>
    public bool TryStart() => Interlocked.Exchange(ref _taken, 1) == 0;

    public PixelImage Take() => Interlocked.Exchange(ref _picture, null)!;

    /// <summary>Ends a job that waits, so that its picture takes no memory any more; one that runs ends with its run.</summary>
    public void Abandon()
    {
        if (!TryStart())
            return;
        _picture = null;
        _completion.TrySetCanceled(cancellation);
    }

    public void Succeed(PixelImage alpha) => _completion.TrySetResult(alpha);

    public void Fail(Exception failure) => _completion.TrySetException(failure);
}
