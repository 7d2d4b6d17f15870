namespace Matting.Fuzz.Running;

/// <summary>Watches a child until it ends, and ends it when it stands still or takes too much memory.</summary>
internal sealed class ChildWatch(TimeSpan hangLimit, CancellationToken cancellation)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    // asleep instead of busy: ten times as long, because a machine under load lets sleepers wait
    private const int IdleFactor = 10;

    /// <summary>The largest resident memory of all children seen, in bytes.</summary>
    public long Peak { get; private set; }

    /// <summary>Inputs of all children that were taken for good ones.</summary>
    public long Read { get; private set; }

    /// <summary>Runs a part, or what of it can be tried before something goes wrong.</summary>
    /// <param name="part">What to try.</param>
    /// <param name="cap">Largest resident memory in bytes.</param>
    /// <returns>The findings, and the index to go on from.</returns>
    public (List<FuzzFinding> Findings, long Next) Run(FuzzPart part, long cap)
    {
        using ChildProcess child = new(part);
        string? killed = null;
        long index = child.Index;
        TimeSpan worked = TimeSpan.Zero;
        long peak = 0;
        long since = Environment.TickCount64;
        while (!child.Wait(Glance))
        {
            if (cancellation.IsCancellationRequested)
            {
                child.Kill();
                child.Wait(Timeout.InfiniteTimeSpan);
                Read += child.Read;
                return ([.. child.Findings], Math.Max(child.Index, part.From));
            }
            peak = ProcessMemory.Peak(child.Id) ?? peak;
            Peak = Math.Max(Peak, peak);
            TimeSpan time = child.ProcessorTime ?? worked;
            if (child.Index != index)
                (index, worked, since) = (child.Index, time, Environment.TickCount64);
            killed ??= peak > cap ? "memory"
                : time - worked > hangLimit || Environment.TickCount64 - since > hangLimit.TotalMilliseconds * IdleFactor ? "hang"
                : null;
            if (killed is not null)
                child.Kill();
        }
        Read += child.Read;
        List<FuzzFinding> findings = [.. child.Findings];
        long last = child.Index;
        if (!child.IsDone && !findings.Exists(finding => finding.Kind == "memory"))
        {
            string detail = killed switch
            {
                "memory" => $"{peak >> 20} MiB resident, the cap is {cap >> 20}",
                "hang" => $"no progress within {hangLimit.TotalSeconds:0} seconds of work",
                _ => child.Ending(),
            };
            findings.Add(new FuzzFinding(part.Target, part.Seed, last, killed ?? "crash", detail));
        }
        // a child that dies before its first input would do so again
        return (findings, last < part.From ? part.From + part.Count : last + 1);
    }
}
