using Matting.Runtime;
using Matting.Shared.Imaging;

namespace Matting.Server.Work;

/// <summary>What the server needs of a model.</summary>
internal interface IServedModel
{
    /// <summary>Model and provider, for the metrics.</summary>
    ServedModelDescription Description { get; }

    /// <summary>The only size at which the network runs, or null when requests may choose.</summary>
    NetworkSize? FixedSize { get; }

    /// <summary>The size at which the network runs for a picture.</summary>
    NetworkSize SizeFor(int height, int width, PredictOptions options);

    /// <summary>Predicts pictures for which the network runs at one size.</summary>
    PixelImage[] Predict(IReadOnlyList<PixelImage> pictures, PredictOptions options, CancellationToken cancellation);
}

/// <summary>What the metrics tell of a model.</summary>
internal readonly record struct ServedModelDescription(string Name, string Provider);
