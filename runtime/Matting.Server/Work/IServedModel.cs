using Matting.Runtime;
using Matting.Shared.Imaging;

namespace Matting.Server.Work;

/// <summary>What the server needs of a loaded model. Equal ones share runs.</summary>
internal interface IServedModel
{
    /// <summary>The only size at which the network runs, or null when requests may choose.</summary>
    NetworkSize? FixedSize { get; }

    /// <summary>The size at which the network runs for a picture.</summary>
    NetworkSize SizeFor(int height, int width, PredictOptions options);

    /// <summary>Predicts pictures for which the network runs at one size.</summary>
    PixelImage[] Predict(IReadOnlyList<PixelImage> pictures, PredictOptions options, CancellationToken cancellation);
}
