using System.Globalization;
using Matting.Shared.Files;
using Matting.Shared.Imaging;
using Matting.Trainer.Data;
using Matting.Trainer.Pictures;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Training;

/// <summary>Draws the pictures of a run. They depend on recipe and data only, so a resumed run draws the same ones.</summary>
internal sealed class RunPictures : ITrainingObserver
{
    private const int Cell = 208;

    private readonly string _folder;
    private readonly Recipe _recipe;
    private readonly SampleTable _validation;
    private readonly NormalisationProfile _profile;
    private readonly EpochChoice _trainEpochs, _validationEpochs;
    private readonly List<SheetExample> _judged = [];

    /// <summary>Gets ready; nothing is written yet.</summary>
    /// <param name="folder">Where pictures go.</param>
    /// <param name="recipe">Which pictures are wanted.</param>
    /// <param name="validation">The validation samples, for their names.</param>
    public RunPictures(string folder, Recipe recipe, SampleTable validation)
    {
        (_folder, _recipe, _validation) = (folder, recipe, validation);
        _profile = NormalisationProfile.Get(recipe.Profile);
        // the recipe has been checked
        _trainEpochs = EpochChoice.Parse(recipe.Pictures.TrainBatch)!;
        _validationEpochs = EpochChoice.Parse(recipe.Pictures.Validation)!;
    }

    /// <summary>The picture of an epoch's first training batch.</summary>
    public static string TrainBatchName(int epoch) => Name("train-batch", epoch);

    /// <summary>The picture of an epoch's validation.</summary>
    public static string ValidationName(int epoch) => Name("validation", epoch);

    public void EpochBegins(int epoch, Batch batch)
    {
        if (!_trainEpochs.Takes(epoch, savedBest: false))
            return;
        int pixels = batch.Size * batch.Size;
        List<BatchExample> examples = [];
        for (int i = 0; i < Math.Min(batch.Count, _recipe.Pictures.Samples); i++)
        {
            examples.Add(new BatchExample(
                NetworkPicture.Rgb(batch.Images.Slice(3 * i * pixels, 3 * pixels), batch.Size, _profile),
                NetworkPicture.Grey(batch.Alphas.Slice(i * pixels, pixels), batch.Size)));
        }
        string title = string.Create(CultureInfo.InvariantCulture, $"training batch, epoch {epoch}, {batch.Size} x {batch.Size}");
        Write(TrainBatchName(epoch), BatchSheet.Compose(examples, title, Cell));
    }

    public int JudgedWanted(int epoch) => _validationEpochs.MayTake(epoch) ? _recipe.Pictures.Samples : 0;

    public void Judged(int epoch, JudgedSample sample)
    {
        // a validation that was interrupted begins again
        if (sample.Index == 0)
            _judged.Clear();
        _judged.Add(new SheetExample(
            Path.GetFileName(_validation.Rows[sample.Index].ImagePath),
            NetworkPicture.Rgb(sample.Image, sample.Size, _profile),
            NetworkPicture.Grey(sample.Alpha, sample.Size),
            NetworkPicture.Grey(sample.Prediction, sample.Size))
        { KnownMse = Mse(sample.Alpha, sample.Prediction) });
    }

    public void EpochJudged(EpochReport epoch)
    {
        if (_judged.Count > 0 && _validationEpochs.Takes(epoch.Epoch, epoch.SavedBest is not null))
        {
            string title = string.Create(CultureInfo.InvariantCulture, $"validation, epoch {epoch.Epoch}, mse of all samples {epoch.ValMse:0.0000}");
            Write(ValidationName(epoch.Epoch), ContactSheet.Compose(_judged, Cell, title));
        }
        _judged.Clear();
    }

    private void Write(string name, PixelImage picture) => AtomicFile.WriteBytes(Path.Combine(_folder, name), ImageFile.EncodePng(picture));

    private static string Name(string stem, int epoch) => string.Create(CultureInfo.InvariantCulture, $"{stem}-epoch-{epoch:000}.png");

    private static double Mse(float[] truth, float[] prediction)
    {
        double sum = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            double difference = truth[i] - prediction[i];
            sum += difference * difference;
        }
        return sum / truth.Length;
    }
}
