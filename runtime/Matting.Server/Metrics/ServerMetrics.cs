using Matting.Server.Work;

namespace Matting.Server.Metrics;

/// <summary>What a server counts, by model.</summary>
internal sealed class ServerMetrics(ModelShelf shelf)
{
    private readonly ModelCounts[] _models = [.. shelf.Offers.Select(_ => new ModelCounts())];
    private readonly ModelCounts _none = new();
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

    /// <param name="offer">Where the model stands on the shelf; null when the request chose none that is there.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="elapsed">Since the head of the request.</param>
    public void Answered(int? offer, int status, TimeSpan elapsed) => (offer is { } position ? _models[position] : _none).Answered(status, elapsed);

    public void BatchRan(RunKey run, int pictures, TimeSpan elapsed)
    {
        const double Newest = 0.2;
        _models[run.Offer].Batches.Add(pictures);
        double seconds = elapsed.TotalSeconds / pictures;
        lock (_lock)
            _secondsPerPicture = _secondsPerPicture == 0 ? seconds : (Newest * seconds) + ((1 - Newest) * _secondsPerPicture);
    }

    /// <param name="inside">Requests in the house.</param>
    /// <param name="memory">What they hold.</param>
    public string ToText(int inside, RequestMemory memory)
    {
        PrometheusText text = new();
        text.Describe("matting_info", "gauge", "The models that are served and what runs them.");
        foreach (ModelOffer offer in shelf.Offers)
            text.Value("matting_info", 1, ("model", offer.Name), ("provider", offer.Provider));
        const string Requests = "matting_requests_total";
        text.Describe(Requests, "counter", "Requests for a prediction by model and outcome.");
        ForEach((name, counts) => counts.WriteRequestsTo(text, Requests, name));
        _none.WriteRequestsTo(text, Requests, "");
        const string Seconds = "matting_request_seconds";
        text.Describe(Seconds, "histogram", "Time from the head of a request to its answer, for those answered with a picture.");
        ForEach((name, counts) => counts.Seconds.WriteTo(text, Seconds, ("model", name)));
        const string Pictures = "matting_batch_pictures";
        text.Describe(Pictures, "histogram", "Pictures of a run of the network.");
        ForEach((name, counts) => counts.Batches.WriteTo(text, Pictures, ("model", name)));
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

    private void ForEach(Action<string, ModelCounts> write)
    {
        for (int i = 0; i < _models.Length; i++)
            write(shelf.Offers[i].Name, _models[i]);
    }
}
