using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Batches;

/// <summary>How alphas are compressed.</summary>
internal static class AlphaPng
{
    /// <summary>Level 4: alphas come out within one per cent of level 6 in less than half its time, which at 1024 is 2 % of the network's.</summary>
    public static ImageWriteOptions Options { get; } = new() { PngCompression = 4 };
}
