using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;

namespace Matting.Runtime;

/// <summary>What is predicted besides the picture itself, to average over.</summary>
public enum TestTimeAugmentation
{
    /// <summary>The picture alone.</summary>
    None,

    /// <summary>The picture and its mirror: the mean of d0(x) and of d0(mirror x) mirrored back. Twice the work.</summary>
    Flip,
}

/// <summary>How pictures are predicted.</summary>
public sealed record PredictOptions
{
    /// <summary>All defaults: no augmentation, one picture a run.</summary>
    public static PredictOptions Default { get; } = new();

    /// <summary>Test-time augmentation.</summary>
    public TestTimeAugmentation Tta { get; init; } = TestTimeAugmentation.None;

    /// <summary>What is done to each alpha, at the network's size, after the augmentation; null: nothing.</summary>
    public PostprocessOptions? Post { get; init; }

    /// <summary>Most pictures of one run, at least 1; with flip-TTA a run has twice as many network inputs. More than 1 pays on a GPU; on the CPU large inputs follow each other anyway.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>For models of open size: the size at which the network runs, both sides at least 1; null: at each picture's own. Other models run at theirs, and refuse another.</summary>
    public NetworkSize? Size { get; init; }

    /// <summary>
    /// For models of open size that run at each picture's own: the longest side in pixels, at least 32. Memory and time
    /// of a run grow with the number of pixels.
    /// </summary>
    public int LongestSide { get; init; } = 2048;

    /// <summary>
    /// True hands each picture on beside its alpha (<see cref="PictureAlpha.Picture"/>): what cut-outs and composites need. Costs
    /// the memory of the few pictures that are at work at the same time. Default false.
    /// </summary>
    public bool KeepPictures { get; init; }

    /// <summary>How picture files are read.</summary>
    public ImageReadOptions Reading { get; init; } = ImageReadOptions.Default;

    internal int InputsPerPicture => Tta == TestTimeAugmentation.Flip ? 2 : 1;

    internal void Check()
    {
        if (Batch < 1)
            throw new ArgumentException($"a batch of {Batch} pictures: at least 1", nameof(Batch));
        if (LongestSide < 32)
            throw new ArgumentException($"a longest side of {LongestSide} pixels: at least 32", nameof(LongestSide));
        if (Size is { Height: < 1 } or { Width: < 1 })
            throw new ArgumentException($"a size of {Size} pixels: at least 1x1", nameof(Size));
        if (!Enum.IsDefined(Tta))
            throw new ArgumentException($"unknown test-time augmentation {Tta}", nameof(Tta));
        Post?.Create();
    }
}
