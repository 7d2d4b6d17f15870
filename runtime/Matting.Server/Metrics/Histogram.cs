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

    public void WriteTo(PrometheusText text, string name, string help)
    {
        long[] counts;
        double sum;
        lock (_lock)
            (counts, sum) = ([.. _counts], _sum);
        text.Describe(name, "histogram", help);
        long total = 0;
        for (int i = 0; i < bounds.Length; i++)
            text.Value($"{name}_bucket", total += counts[i], ("le", PrometheusText.Number(bounds[i])));
        total += counts[^1];
        text.Value($"{name}_bucket", total, ("le", "+Inf"));
        text.Value($"{name}_sum", sum);
        text.Value($"{name}_count", total);
    }
}
