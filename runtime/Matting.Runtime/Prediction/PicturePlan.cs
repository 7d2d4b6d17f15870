using Matting.Shared.Imaging;

namespace Matting.Runtime.Prediction;

/// <summary>Consecutive files that can share a run, because the network runs at the same size for all of them.</summary>
/// <param name="Files">The files; a file whose header cannot be read stands alone.</param>
/// <param name="Size">The network's size, or null for a file whose header cannot be read.</param>
/// <param name="Failure">Why the header cannot be read, or null.</param>
internal sealed record PicturePlan(IReadOnlyList<string> Files, NetworkSize? Size, Exception? Failure)
{
    /// <summary>Cuts a list of files into runs, lazily and in order.</summary>
    public static IEnumerable<PicturePlan> Of(IReadOnlyList<string> files, MattingModel model, PredictOptions options)
    {
        List<string> group = [];
        NetworkSize? groupSize = null;
        foreach (string file in files)
        {
            (NetworkSize? size, Exception? failure) = SizeOf(file, model, options);
            if (group.Count > 0 && (failure is not null || size != groupSize || group.Count == options.Batch))
            {
                yield return new PicturePlan(group, groupSize, null);
                group = [];
            }
            if (failure is not null)
            {
                yield return new PicturePlan([file], null, failure);
                continue;
            }
            group.Add(file);
            groupSize = size;
        }
        if (group.Count > 0)
            yield return new PicturePlan(group, groupSize, null);
    }

    private static (NetworkSize? Size, Exception? Failure) SizeOf(string file, MattingModel model, PredictOptions options)
    {
        if (model is { Height: { } height, Width: { } width })
            return (new NetworkSize(height, width), null);
        try
        {
            ImageFileInfo info = ImageFile.Identify(file, options.Reading);
            return (model.SizeFor(info.Height, info.Width, options), null);
        }
        catch (Exception failure) when (PictureFailure.IsOfOnePicture(failure))
        {
            return (null, failure);
        }
    }
}
