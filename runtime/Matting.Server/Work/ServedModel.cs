using Matting.Runtime;
using Matting.Shared.Imaging;

namespace Matting.Server.Work;

/// <summary>A loaded model as the server sees it.</summary>
internal sealed class ServedModel(MattingModel model) : IServedModel
{
    // clients read the metrics: they learn the file's name, not where it lies
    public ServedModelDescription Description { get; } = new(Path.GetFileName(model.Name), model.Provider);

    public NetworkSize? FixedSize { get; } = model is { Height: { } height, Width: { } width } ? new NetworkSize(height, width) : null;

    public NetworkSize SizeFor(int height, int width, PredictOptions options) => model.SizeFor(height, width, options);

    public PixelImage[] Predict(IReadOnlyList<PixelImage> pictures, PredictOptions options, CancellationToken cancellation) =>
        model.PredictTogether(pictures, options, cancellation);
}
