using Matting.Shared.Imaging;
using Matting.Shared.Metrics;
using Matting.Shared.Postprocessing;

namespace Matting.Trainer.Evaluation;

/// <summary>From the outputs of a network to the errors of all variants; for one thread.</summary>
internal sealed class PictureMeter
{
    private readonly EvaluationOptions _options;
    private readonly IAlphaPostprocess?[] _processes;
    private readonly AlphaErrorMeter _errors = new();
    private readonly float[] _merged;
    private readonly float[] _processed;
    private float[] _truth = [];
    private float[] _compared = [];

    public PictureMeter(EvaluationOptions options)
    {
        _options = options;
        _processes = [.. options.Variants.Select(variant => variant.Post?.Create())];
        _merged = options.InputsPerPicture == 2 ? new float[options.Height * options.Width] : [];
        _processed = new float[options.Height * options.Width];
    }

    /// <summary>Measures one picture.</summary>
    /// <param name="picture">The picture and its true alpha.</param>
    /// <param name="plain">The network's output, [H, W].</param>
    /// <param name="mirrored">Its output for the mirrored picture, which is turned round in place; empty without flip-TTA.</param>
    public MeasuredPicture Measure(LoadedPicture picture, ReadOnlySpan<float> plain, Span<float> mirrored)
    {
        PixelImage truth = picture.Truth!;
        Preprocessing.AlphaToUnit(truth, Room(ref _truth, truth.Pixels.Length));
        if (mirrored.Length > 0)
        {
            plain.CopyTo(_merged);
            FlipTta.Merge(_merged, mirrored, _options.Width);
        }
        AlphaErrors[] errors = new AlphaErrors[_processes.Length];
        PixelImage? shown = null;
        for (int i = 0; i < errors.Length; i++)
        {
            ReadOnlySpan<float> alpha = Compared(Processed(_options.Variants[i].Flip ? _merged : plain, _processes[i]), truth);
            errors[i] = _errors.Measure(alpha, _truth.AsSpan(0, truth.Pixels.Length), truth.Width, truth.Height);
            if (i == 0 && _options.Worst + _options.Best > 0)
                shown = Quantised(alpha, truth.Width, truth.Height);
        }
        PictureScore score = errors.All(error => error.AreFinite)
            ? new PictureScore { Sample = picture.Sample, Width = truth.Width, Height = truth.Height, Errors = errors }
            : new PictureScore { Sample = picture.Sample, Failure = $"{picture.Sample.ImagePath}: the predicted alpha has values that are not numbers" };
        return new MeasuredPicture(picture, score, shown);
    }

    private ReadOnlySpan<float> Processed(ReadOnlySpan<float> alpha, IAlphaPostprocess? process)
    {
        if (process is null)
            return alpha;
        process.Apply(alpha, _options.Width, _options.Height, _processed);
        return _processed;
    }

    private ReadOnlySpan<float> Compared(ReadOnlySpan<float> alpha, PixelImage truth)
    {
        if (!_options.Native)
            return alpha;
        PixelImage written = Preprocessing.ResizeForNetwork(Quantised(alpha, _options.Width, _options.Height), truth.Width, truth.Height);
        Span<float> compared = Room(ref _compared, written.Pixels.Length);
        Preprocessing.AlphaToUnit(written, compared);
        return compared;
    }

    private static PixelImage Quantised(ReadOnlySpan<float> alpha, int width, int height)
    {
        PixelImage grey = new(width, height, 1);
        Quantise.Truncate(alpha, grey.Pixels);
        return grey;
    }

    private static Span<float> Room(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new float[length];
        return buffer.AsSpan(0, length);
    }
}
