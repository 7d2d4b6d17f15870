using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>The alphas that a model predicts for the pictures of a folder, at the pictures' own size.</summary>
internal sealed class ModelSource(MattingModel model, FolderSource pictures, PredictOptions options) : IPictureSource
{
    public IReadOnlyList<string> Names => pictures.Names;

    public IReadOnlyList<string> Problems => [];

    /// <summary>What the model is called and what its first run took; null when it has not run.</summary>
    public (string Name, TimeSpan Time)? FirstRun => model.FirstRunTime is { } time ? (model.Name, time) : null;

    public PixelImage Read(string name, CancellationToken cancellation) => model.PredictFile(pictures.FileOf(name), options, cancellation);

    // reading and preparing the next pictures overlaps with the network's runs, and with those of the other side
    public IEnumerable<PictureOutcome<PixelImage>> ReadAll(IReadOnlyList<string> names, CancellationToken cancellation) =>
        model.PredictFiles([.. names.Select(pictures.FileOf)], (_, alpha) => alpha.ToPictureSize(), options, cancellation);

    public void Dispose() => model.Dispose();
}
