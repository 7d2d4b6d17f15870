using Matting.Server.Work;

namespace Matting.Server.Metrics;

/// <summary>What a server counts.</summary>
internal sealed class ServerMetrics(ServedModelDescription model)
{
    private const int BadRequest = 1;

    // by the status of the answer; 499 is a client that went away before it
    private static readonly (int Status, string Outcome)[] Outcomes =
    [
        (200, "ok"), (400, "bad_request"), (408, "slow_upload"), (413, "too_large"), (415, "unsupported"),
        (422, "unreadable"), (499, "aborted"), (500, "failed"), (503, "busy"),
    ];

    private readonly long[] _requests = new long[Outcomes.Length];
    private readonly Histogram _seconds = new(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);
    private readonly Histogram _batches = new(1, 2, 4, 8, 16, 32, 64);
    private readonly Lock _lock = new();
    private double _secondsPerPicture;

    /// <summary>Mean time of the network for one picture, recent runs counting most; 0 before the first.</summary>
    public double SecondsPerPicture
    {
        get
        {
            lock (_lock)
                return _secondsPerPicture;
        }
    }

    public void Answered(int status, TimeSpan elapsed)
    {
        int outcome = Array.FindIndex(Outcomes, known => known.Status == status);
        // HTTP has more ways to be wrong than are worth a name of their own
        Interlocked.Increment(ref _requests[outcome >= 0 ? outcome : BadRequest]);
        if (status == 200)
            _seconds.Add(elapsed.TotalSeconds);
    }

    public void BatchRan(int pictures, TimeSpan elapsed)
    {
        const double Newest = 0.2;
        _batches.Add(pictures);
        double seconds = elapsed.TotalSeconds / pictures;
        lock (_lock)
            _secondsPerPicture = _secondsPerPicture == 0 ? seconds : (Newest * seconds) + ((1 - Newest) * _secondsPerPicture);
    }

    /// <param name="inside">Requests in the house.</param>
    /// <param name="memory">What they hold.</param>
    public string ToText(int inside, RequestMemory memory)
    {
        PrometheusText text = new();
        text.Describe("matting_info", "gauge", "The model that is served and what runs it.");
        text.Value("matting_info", 1, ("model", model.Name), ("provider", model.Provider));
        text.Describe("matting_requests_total", "counter", "Requests for a prediction by outcome.");
        for (int i = 0; i < Outcomes.Length; i++)
            text.Value("matting_requests_total", Interlocked.Read(ref _requests[i]), ("outcome", Outcomes[i].Outcome));
        _seconds.WriteTo(text, "matting_request_seconds", "Time from the head of a request to its answer, for those answered with a picture.");
        _batches.WriteTo(text, "matting_batch_pictures", "Pictures of a run of the network.");
        text.Describe("matting_queue_length", "gauge", "Requests that are read, waiting or running.");
        text.Value("matting_queue_length", inside);
        text.Describe("matting_request_memory_bytes", "gauge", "Memory that requests hold, by what for.");
        text.Value("matting_request_memory_bytes", memory.Uploads.Taken, ("for", "uploads"));
        text.Value("matting_request_memory_bytes", memory.Pictures.Taken, ("for", "pictures"));
        text.Describe("matting_request_memory_limit_bytes", "gauge", "Most that they may hold.");
        text.Value("matting_request_memory_limit_bytes", memory.Uploads.Bytes, ("for", "uploads"));
        text.Value("matting_request_memory_limit_bytes", memory.Pictures.Bytes, ("for", "pictures"));
        text.Describe("process_resident_memory_bytes", "gauge", "Resident memory.");
        text.Value("process_resident_memory_bytes", Environment.WorkingSet);
        return text.ToString();
    }
}
