namespace Matting.Server.Metrics;

/// <summary>Counts values by upper bounds, as Prometheus understands it.</summary>
internal sealed class Histogram(params double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public void Add(double value)
    {
        int bucket = Array.FindIndex(bounds, bound => value <= bound);
        lock (_lock)
        {
            _counts[bucket < 0 ? bounds.Length : bucket]++;
            _sum += value;
        }
    }

    /// <summary>Writes its values; the metric is described before its first histogram.</summary>
    public void WriteTo(PrometheusText text, string name, (string Name, string Value) label)
    {
        long[] counts;
        double sum;
        lock (_lock)
            (counts, sum) = ([.. _counts], _sum);
        long total = 0;
        for (int i = 0; i < bounds.Length; i++)
            text.Value($"{name}_bucket", total += counts[i], label, ("le", PrometheusText.Number(bounds[i])));
        total += counts[^1];
        text.Value($"{name}_bucket", total, label, ("le", "+Inf"));
        text.Value($"{name}_sum", sum, label);
        text.Value($"{name}_count", total, label);
    }
}
