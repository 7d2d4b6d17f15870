using Matting.Runtime.Cli.Batches;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Bench;

/// <summary>
/// The whole way, from picture files to encoded results in memory, with all stages overlapping; beside it the bare network's row of the same
/// batch, which must be measured just before, so that both meet the same machine.
/// </summary>
internal sealed class PipelineRow(NetworkRow bare, IReadOnlyList<string> files, BenchPlan plan) : IMeasured
{
    private readonly List<double> _rates = [];
    private readonly List<double> _ratios = [];

    private readonly PredictOptions _options = new()
    {
        Tta = bare.Tta,
        Batch = bare.Batch,
        Post = plan.Post,
        KeepPictures = plan.Result.Kind != ResultKind.Alpha,
    };

    public string Label => $"pipeline {bare.Label}";

    public NetworkRow Bare => bare;

    /// <summary>Pictures whose time was measured.</summary>
    public int Pictures { get; private set; }

    /// <summary>Pictures a second: the median of the rounds; null before the first has ended.</summary>
    public double? Rate => MedianOf(_rates);

    /// <summary>Its rate by that of the bare network in the same round: the median of the rounds; null before the first has ended.</summary>
    public double? Ratio => MedianOf(_ratios);

    /// <summary>
    /// Measures from the last result of the first run to that of a later one: whole runs, while the pipeline is full, as it is for most of a
    /// long batch.
    /// </summary>
    public void Measure(Block block, TimeProvider clock, CancellationToken cancellation)
    {
        PictureFinisher<int> finish = (_, alpha) => ImageFile.EncodePng(alpha.ToResult(plan.Result), AlphaPng.Options).Length;
        long started = 0;
        int seen = 0;
        foreach (PictureOutcome<int> outcome in bare.Session.Model.PredictFiles(new RepeatedFiles(files), finish, _options, cancellation))
        {
            if (outcome.Failure is { } failure)
                throw failure;
            seen++;
            if (seen == bare.Batch)
                started = clock.GetTimestamp();
            int runs = (seen / bare.Batch) - 1;
            if (seen % bare.Batch != 0 || runs < block.Runs || clock.GetElapsedTime(started) < block.Time)
                continue;
            Keep(runs * bare.Batch, clock.GetElapsedTime(started));
            return;
        }
    }

    private void Keep(int pictures, TimeSpan time)
    {
        double rate = pictures / time.TotalSeconds;
        Pictures += pictures;
        _rates.Add(rate);
        _ratios.Add(rate / bare.LastRate);
    }

    private static double? MedianOf(List<double> values)
    {
        if (values.Count == 0)
            return null;
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
