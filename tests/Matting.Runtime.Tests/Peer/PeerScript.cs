using System.Diagnostics;
using Matting.Testing;

namespace Matting.Runtime.Tests.Peer;

/// <summary>
/// The script that this toolchain replaces, in PyTorch, as a process of its own. It lies beside the golden set, in <c>../shared/peer</c>;
/// where it or a Python with its libraries is missing, tests skip and say which.
/// </summary>
internal static class PeerScript
{
    private const string Libraries = "torch, numpy, scipy.ndimage, cv2, PIL";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly Lazy<string?> LazyPython = new(FindPython);

    /// <summary>Skips the running test where it cannot run.</summary>
    public static void Require()
    {
        Assert.SkipWhen(FindScript() is null, "SKIPPED: no peer to compare with (../shared/peer/bench.py, or peer/bench.py beside the folder in MATTING_REFERENCE)");
        Assert.SkipWhen(LazyPython.Value is null, $"SKIPPED: no python3 on the path that has the peer's libraries ({Libraries})");
    }

    /// <summary>Runs its <c>infer</c>, which writes a submission; <see cref="Require"/> comes first.</summary>
    public static async Task InferAsync(IReadOnlyList<string> args, CancellationToken cancellation)
    {
        (int exitCode, string output) = await RunAsync(LazyPython.Value!, [FindScript()!, "infer", .. args], cancellation);
        Assert.True(exitCode == 0, $"the peer ended with {exitCode}: {output}");
    }

    private static string? FindScript()
    {
        string?[] folders = [SharedFolder.Find(), Golden.Folder is { } reference ? Path.GetDirectoryName(reference) : null];
        return folders.OfType<string>().Select(folder => Path.Combine(folder, "peer", "bench.py")).FirstOrDefault(File.Exists);
    }

    private static string? FindPython()
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Select(folder => Path.Combine(folder, "python3")).Where(File.Exists)
            .FirstOrDefault(python => RunAsync(python, ["-c", $"import {Libraries}"], CancellationToken.None).GetAwaiter().GetResult().ExitCode == 0);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string python, IReadOnlyList<string> args, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        ProcessStartInfo start = new(python, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                // its folder may be one that is only read
                ["PYTHONDONTWRITEBYTECODE"] = "1",
                ["OMP_NUM_THREADS"] = "1",
            },
        };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token), error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, $"{await output}{await error}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
