using Matting.Shared.Metrics;
using Matting.Trainer.Pictures;

namespace Matting.Trainer.Evaluation;

/// <summary>How a model does on a CSV of pictures.</summary>
public sealed record EvaluationReport
{
    /// <summary>The CSV.</summary>
    public required string Csv { get; init; }

    /// <summary>The file of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The network, for people.</summary>
    public required string Network { get; init; }

    /// <summary>What ran it, for people.</summary>
    public required string Engine { get; init; }

    /// <summary>Name of the normalisation.</summary>
    public required string Profile { get; init; }

    /// <summary>How it was judged.</summary>
    public required EvaluationOptions Options { get; init; }

    /// <summary>The pictures in the order of the CSV, those that failed among them.</summary>
    public required IReadOnlyList<PictureScore> Pictures { get; init; }

    /// <summary>The pictures with the largest MSE, the worst first, then those with the smallest, the best first; none twice.</summary>
    public required IReadOnlyList<SheetExample> Shown { get; init; }

    /// <summary>The pictures that were measured.</summary>
    public IEnumerable<PictureScore> Measured => Pictures.Where(picture => picture.Failure is null);

    /// <summary>Number of pictures that could not be measured.</summary>
    public int Failed => Pictures.Count(picture => picture.Failure is not null);

    /// <summary>The mean errors of a variant over the pictures that were measured; null when there are none.</summary>
    /// <param name="variant">Its place in <see cref="EvaluationOptions.Variants"/>.</param>
    public AlphaErrors? Total(int variant)
    {
        AlphaErrors[] errors = [.. Measured.Select(picture => picture.Errors[variant])];
        return errors.Length == 0 ? null : AlphaErrors.Mean(errors);
    }

    /// <summary>The measured pictures with the largest MSE of the first variant, the worst first; ties in the order of the CSV.</summary>
    /// <param name="count">How many at most.</param>
    public IEnumerable<PictureScore> Worst(int count) => Measured.OrderByDescending(picture => picture.Errors[0].Mse).Take(count);
}
