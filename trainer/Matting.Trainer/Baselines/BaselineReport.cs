using Matting.Shared.Imaging;
using Matting.Trainer.Data;

namespace Matting.Trainer.Baselines;

/// <summary>
/// Errors of predictions that need no network; a network that is not clearly below them has learnt
/// nothing. The metric is that of validation: the mean over the pictures of the mean of (p − α)².
/// </summary>
public sealed record BaselineReport
{
    /// <summary>The CSV whose pictures the errors are of.</summary>
    public required string Csv { get; init; }

    /// <summary>Number of its pictures.</summary>
    public required int Pictures { get; init; }

    /// <summary>The CSV that the constant and the threshold were chosen on.</summary>
    public required string FittedOn { get; init; }

    /// <summary>One alpha everywhere.</summary>
    public required ConstantAlpha Constant { get; init; }

    /// <summary>Its mean squared error.</summary>
    public required double ConstantMse { get; init; }

    /// <summary>The best threshold on the luma.</summary>
    public required LumaThreshold Luma { get; init; }

    /// <summary>Its mean squared error.</summary>
    public required double LumaMse { get; init; }

    /// <summary>Computes the baselines.</summary>
    /// <param name="evaluated">The pictures whose errors are wanted.</param>
    /// <param name="fitted">
    /// What constant and threshold are chosen on; null: the evaluated pictures themselves, which flatters the baselines.
    /// </param>
    /// <param name="size">Height and width that everything is resized to first, as in a validation at that size; null: as it is.</param>
    /// <param name="options">How pictures are read.</param>
    /// <param name="pictureDone">Called after each picture, from any thread; or null.</param>
    /// <param name="cancellation">Stops between two pictures.</param>
    /// <exception cref="TrainingException">A picture is unreadable or of another size than its alpha.</exception>
    public static BaselineReport Of(
        SampleTable evaluated, SampleTable? fitted, (int Height, int Width)? size, ImageReadOptions options,
        Action? pictureDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        LumaAlphaHistogram pictures = Histogram(evaluated, size, options, pictureDone, cancellation);
        LumaAlphaHistogram chosenOn = fitted is null ? pictures : Histogram(fitted, size, options, pictureDone, cancellation);
        ConstantAlpha constant = ConstantAlpha.Fit(chosenOn);
        LumaThreshold luma = LumaThreshold.Fit(chosenOn);
        return new BaselineReport
        {
            Csv = evaluated.File,
            Pictures = evaluated.Rows.Count,
            FittedOn = (fitted ?? evaluated).File,
            Constant = constant,
            ConstantMse = constant.Mse(pictures),
            Luma = luma,
            LumaMse = luma.Mse(pictures),
        };
    }

    private static LumaAlphaHistogram Histogram(
        SampleTable table, (int Height, int Width)? size, ImageReadOptions options, Action? pictureDone, CancellationToken cancellation)
    {
        PairReader pairs = new(table, options);
        LumaAlphaHistogram[] histograms = new LumaAlphaHistogram[pairs.Count];
        Parallel.For(0, pairs.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            (PixelImage rgb, PixelImage alpha) = pairs.Read(i);
            if (size is { } wanted)
            {
                rgb = Preprocessing.ResizeForNetwork(rgb, wanted.Width, wanted.Height);
                alpha = Preprocessing.ResizeForNetwork(alpha, wanted.Width, wanted.Height);
            }
            histograms[i] = LumaAlphaHistogram.Of(GreyConversion.ToGrey(rgb), alpha);
            pictureDone?.Invoke();
        });
        return LumaAlphaHistogram.Mean(histograms);
    }
}
