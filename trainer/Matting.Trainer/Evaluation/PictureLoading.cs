using Matting.Shared.Imaging;
using Matting.Trainer.Data;

namespace Matting.Trainer.Evaluation;

/// <summary>Reads pictures and makes network input of them, exactly as a validation and the runtime do.</summary>
internal sealed class PictureLoading(SampleTable table, NormalisationProfile profile, EvaluationOptions options)
{
    private readonly PairReader _pairs = new(table, options.Reading);

    /// <summary>Fills a batch; pictures that cannot be used are in it with the reason and have no inputs.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="number">Which one, from 0.</param>
    /// <param name="stop">Stops between two pictures.</param>
    public EvaluationBatch Fill(EvaluationBatch batch, int number, CancellationToken stop)
    {
        int first = number * options.Batch;
        LoadedPicture[] pictures = new LoadedPicture[Math.Min(options.Batch, _pairs.Count - first)];
        Parallel.For(0, pictures.Length, new ParallelOptions { CancellationToken = stop }, i => pictures[i] = Load(first + i));
        (batch.Pictures, batch.Inputs) = (pictures, 0);
        foreach (LoadedPicture picture in pictures.Where(picture => picture.Failure is null))
        {
            for (int input = 0; input < options.InputsPerPicture; input++)
                Preprocessing.ToNchw(picture.Input!, profile, batch.Image(batch.Inputs++), mirror: input == 1);
        }
        return batch;
    }

    private LoadedPicture Load(int index)
    {
        LoadedPicture picture = new(table.Rows[index], index);
        try
        {
            (PixelImage rgb, PixelImage alpha) = _pairs.Read(index);
            PixelImage input = Preprocessing.ResizeForNetwork(rgb, options.Width, options.Height);
            return picture with
            {
                Input = input,
                Image = options.Native ? rgb : input,
                Truth = options.Native ? alpha : Preprocessing.ResizeForNetwork(alpha, options.Width, options.Height),
            };
        }
        catch (Exception e) when (e is TrainingException or IOException or UnauthorizedAccessException)
        {
            return picture with { Failure = e.Message };
        }
    }
}
