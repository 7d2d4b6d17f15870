using Matting.Runtime;
using Matting.Shared.Imaging;

namespace Matting.Server.Work;

/// <summary>A loaded model as the server sees it; two of one model are equal.</summary>
internal sealed record ServedModel(MattingModel Model) : IServedModel
{
    public NetworkSize? FixedSize => Model is { Height: { } height, Width: { } width } ? new NetworkSize(height, width) : null;

    public NetworkSize SizeFor(int height, int width, PredictOptions options) => Model.SizeFor(height, width, options);

    public PixelImage[] Predict(IReadOnlyList<PixelImage> pictures, PredictOptions options, CancellationToken cancellation) =>
        Model.PredictTogether(pictures, options, cancellation);
}
