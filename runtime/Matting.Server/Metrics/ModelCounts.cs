namespace Matting.Server.Metrics;

/// <summary>What is counted of one model.</summary>
internal sealed class ModelCounts
{
    private const int BadRequest = 1;

    // by the status of the answer; 499 is a client that went away before it
    private static readonly (int Status, string Outcome)[] Outcomes =
    [
        (200, "ok"), (400, "bad_request"), (408, "slow_upload"), (413, "too_large"), (415, "unsupported"),
        (422, "unreadable"), (499, "aborted"), (500, "failed"), (503, "busy"),
    ];

    private readonly long[] _requests = new long[Outcomes.Length];

    public Histogram Seconds { get; } = new(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);

    public Histogram Batches { get; } = new(1, 2, 4, 8, 16, 32, 64);

    public void Answered(int status, TimeSpan elapsed)
    {
        int outcome = Array.FindIndex(Outcomes, known => known.Status == status);
        // HTTP has more ways to be wrong than are worth a name of their own
        Interlocked.Increment(ref _requests[outcome >= 0 ? outcome : BadRequest]);
        if (status == 200)
            Seconds.Add(elapsed.TotalSeconds);
    }

    /// <param name="text">Gets the numbers of requests.</param>
    /// <param name="metric">The metric's name.</param>
    /// <param name="model">The model's name; empty for requests that chose none of those offered, which have no rows before they happen.</param>
    public void WriteRequestsTo(PrometheusText text, string metric, string model)
    {
        for (int i = 0; i < Outcomes.Length; i++)
        {
            long requests = Interlocked.Read(ref _requests[i]);
            if (model.Length > 0 || requests > 0)
                text.Value(metric, requests, ("model", model), ("outcome", Outcomes[i].Outcome));
        }
    }
}
