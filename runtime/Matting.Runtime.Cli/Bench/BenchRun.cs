using Matting.CommandLine;
using Matting.Runtime.Cli.Doctor;
using Matting.Shared.Imaging;
using Matting.Shared.Onnx;

namespace Matting.Runtime.Cli.Bench;

/// <summary>Loads the model as often as the plan wants it and measures all rows.</summary>
internal sealed class BenchRun(BenchPlan plan, BenchPictures pictures, Func<MattingModelOptions, MattingModel> load) : IDisposable
{
    // stages are short: a tenth of the time is many runs of them
    private const int StageShare = 10;

    private readonly List<BenchSession> _sessions = [];
    private readonly List<NetworkRow> _networks = [];
    private readonly List<StageRows> _stages = [];
    private readonly List<PipelineRow> _pipelines = [];
    private long _peak;

    /// <summary>Measures; what an interruption left undone is missing in <see cref="Report"/>.</summary>
    /// <param name="clock">Measures time.</param>
    /// <param name="cancellation">Interrupts.</param>
    /// <returns>False when it was interrupted.</returns>
    public bool Run(TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            OpenSessions(cancellation);
            AddNetworks();
            WarmUp(cancellation);
            AddStagesAndPipelines();
            Measure(clock, cancellation);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What has been measured; null when not even a model was loaded.</summary>
    public BenchReport? Report(bool interrupted)
    {
        if (_sessions.Count == 0)
            return null;
        MattingModel model = _sessions[0].Model;
        return new BenchReport
        {
            Interrupted = interrupted,
            Model = model.Name,
            Network = model.Card?.Network,
            Precision = model.Card?.Precision.Name(),
            Profile = model.Profile.Name,
            Machine = MachineFacts.Read(),
            OnnxRuntime = model.RuntimeVersion,
            Pictures = pictures.Description,
            Seconds = plan.Time.TotalSeconds,
            Runs = plan.Runs,
            PeakMemoryBytes = Math.Max(_peak, ProcessMemory.Peak()),
            Sessions = [.. _sessions.Select(BenchRows.Of)],
            NetworkRuns = [.. _networks.SelectMany(BenchRows.Of)],
            Stages = [.. _stages.SelectMany(BenchRows.Of)],
            Pipelines = [.. _pipelines.SelectMany(BenchRows.Of)],
        };
    }

    public void Dispose()
    {
        foreach (BenchSession session in _sessions)
            session.Dispose();
    }

    private void OpenSessions(CancellationToken cancellation)
    {
        foreach (string device in plan.Devices)
        {
            foreach (int? threads in plan.Threads)
            {
                MattingModelOptions options = plan.Description with { Device = device, Threads = threads };
                if (plan.Sizes is null && Open(options, cancellation))
                    continue;
                foreach (var size in plan.Sizes ?? BenchPlan.SizesOfOpenModels)
                    Open(options with { Height = size.Height, Width = size.Width }, cancellation);
            }
        }
    }

    private bool Open(MattingModelOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _peak = Math.Max(_peak, ProcessMemory.Peak());
        if (BenchSession.Open(() => load(options)) is not { } session)
            return false;
        _sessions.Add(session);
        return true;
    }

    private void AddNetworks()
    {
        PixelImage picture = ImageFile.ReadRgb(pictures.Files[0]);
        foreach (BenchSession session in _sessions)
        {
            NetworkRow[] rows = [.. plan.Ttas.SelectMany(tta => plan.Batches.Select(batch => new NetworkRow(session, batch, tta)))];
            session.Prepare(picture, rows.Max(row => row.Inputs));
            _networks.AddRange(rows);
        }
    }

    // the small runs first: then what the process has grown by belongs to the row that has just run
    private void WarmUp(CancellationToken cancellation)
    {
        using ProgressLine progress = new("warm-up", _networks.Count, "run");
        foreach (NetworkRow row in _networks.GroupBy(row => row.Session).SelectMany(rows => rows.OrderBy(row => row.Inputs)))
        {
            row.WarmUp(cancellation);
            progress.Advance(1, row.Label);
        }
    }

    private void AddStagesAndPipelines()
    {
        foreach (NetworkRow row in _networks.Where(row => row.Batch == plan.Batches[0]))
        {
            _pipelines.Add(new PipelineRow(row, pictures.Files, plan));
            MattingModel first = _sessions[0].Model;
            if (row.Session.Model.Device == first.Device && row.Session.Model.Threads == first.Threads)
                _stages.Add(new StageRows(row, pictures.Files, plan));
        }
    }

    private void Measure(TimeProvider clock, CancellationToken cancellation)
    {
        Block whole = Rounds.BlockOf(plan.Time, plan.Runs), stage = Rounds.BlockOf(plan.Time / StageShare, plan.Runs);
        List<(IMeasured Row, Block Block)> rows = [];
        foreach (NetworkRow network in _networks)
        {
            rows.Add((network, whole));
            // right behind its bare network
            rows.AddRange(_pipelines.Where(pipeline => pipeline.Bare == network).Select(pipeline => ((IMeasured)pipeline, whole)));
        }
        rows.AddRange(_stages.SelectMany(stages => stages.Before.Concat(stages.After)).Select(work => ((IMeasured)work, stage)));
        using ProgressLine progress = new("bench", rows.Count * Rounds.Count, "block");
        Rounds.Measure(rows, clock, row => progress.Advance(1, row.Label), cancellation);
    }
}
