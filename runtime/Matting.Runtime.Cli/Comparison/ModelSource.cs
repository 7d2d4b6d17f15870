using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>The alphas that a model predicts for the pictures of a folder, at the pictures' own size.</summary>
internal sealed class ModelSource(MattingModel model, FolderSource pictures, PredictOptions options) : IPictureSource
{
    public IReadOnlyList<string> Names => pictures.Names;

    public IReadOnlyList<string> Problems => [];

    public PixelImage Read(string name, CancellationToken cancellation) => model.PredictFile(pictures.FileOf(name), options, cancellation);

    public void Dispose() => model.Dispose();
}
