using System.Diagnostics;
using Matting.Fuzz.Targets;

namespace Matting.Fuzz.Running;

/// <summary>A whole run: targets side by side, each in children of its own.</summary>
internal sealed class FuzzRun(FuzzRunOptions options, TextWriter output)
{
    // a line on a console; the whole of it lies beside the input
    private const int LongestDetail = 240;

    private readonly Lock _lock = new();
    private readonly List<FuzzFinding> _findings = [];
    private long _tried;

    /// <summary>Runs until all inputs were tried, or the time is over.</summary>
    /// <param name="cancellation">Ends it early; what was found until then counts.</param>
    public IReadOnlyList<FuzzFinding> Run(CancellationToken cancellation)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (options.Time is { } time)
            end.CancelAfter(time);
        long started = Stopwatch.GetTimestamp();
        for (int round = 0; !end.IsCancellationRequested && (round == 0 || options.Time is not null); round++)
        {
            // one after the other from a queue, the expensive ones first
            Parallel.ForEach(options.Targets.ToArray().AsEnumerable(), new ParallelOptions { MaxDegreeOfParallelism = options.Workers }, name => RunTarget(name, round, end.Token));
        }
        output.WriteLine($"{_tried} inputs in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {_findings.Count} findings");
        return _findings;
    }

    private void RunTarget(string name, int round, CancellationToken end)
    {
        if (end.IsCancellationRequested)
            return;
        using FuzzTarget target = FuzzTargets.Create(name);
        long count = options.Inputs ?? target.InputsInTests, first = round * count, next = first;
        ChildWatch watch = new(options.HangLimit, end);
        int found = 0;
        long started = Stopwatch.GetTimestamp();
        while (next < first + count && found < ChildRun.MostFindings && !end.IsCancellationRequested)
        {
            (List<FuzzFinding> findings, next) = watch.Run(new FuzzPart(name, options.Seed, next, first + count - next), target.MemoryCap);
            found += findings.Count;
            foreach (FuzzFinding finding in findings)
                Add(finding, target);
        }
        lock (_lock)
        {
            _tried += next - first;
            output.WriteLine($"{name,-12} {next - first,7} inputs {watch.Read,6} read {Stopwatch.GetElapsedTime(started).TotalSeconds,6:0.0} s {watch.Peak >> 20,5} MiB {found,3} findings");
        }
    }

    private void Add(FuzzFinding finding, FuzzTarget target)
    {
        string file = SaveInput(options.Folder, target, finding.Seed, finding.Index);
        File.WriteAllText(file + ".txt", $"{finding}\n");
        lock (_lock)
        {
            _findings.Add(finding);
            output.WriteLine($"FOUND {finding.Kind}: {finding.Detail[..Math.Min(finding.Detail.Length, LongestDetail)]}");
            output.WriteLine($"      input in {file}, again with {finding.Replay}");
        }
    }

    /// <summary>Writes an input to a file.</summary>
    public static string SaveInput(string folder, FuzzTarget target, long seed, long index)
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{target.Name}-{seed}-{index}{target.Extension}");
        File.WriteAllBytes(file, FuzzPart.Input(target, seed, Math.Max(index, 0)));
        return file;
    }
}
