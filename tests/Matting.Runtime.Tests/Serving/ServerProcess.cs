using System.Diagnostics;
using System.Globalization;
using Matting.Runtime.Tests.Cli;
using Matting.Testing;

namespace Matting.Runtime.Tests.Serving;

/// <summary><c>matting serve</c> as a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentMemory
    {
        get
        {
            string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.AsSpan(6, line.Length - 6 - 2).Trim(), CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>What is open, but for the assemblies of the runtime, which are loaded when they are first used and stay open.</summary>
    public int OpenDescriptors => OpenFiles.Count(file => !file.EndsWith(".dll", StringComparison.Ordinal));

    /// <summary>Connections, the listening socket and those of the runtime itself.</summary>
    public int OpenSockets => OpenFiles.Count(file => file.StartsWith("socket:", StringComparison.Ordinal));

    // a descriptor that is closed while the list is read has no target any more
    private IEnumerable<string> OpenFiles => Directory.GetFiles($"/proc/{_process.Id}/fd").Select(link => Path.GetFileName(new FileInfo(link).LinkTarget)).OfType<string>();

    public static async Task<ServerProcess> StartAsync(string model, params string[] options)
    {
        string program = Path.Combine(PublishedFolderTests.Folders.First().Data, "matting");
        ProcessStartInfo start = new(program, ["serve", "--model", model, "--port", "0", .. options]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        const string Announcement = "listening on ";
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is null)
            Assert.Fail(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith(Announcement, line, StringComparison.Ordinal);
        return new ServerProcess(process, new Uri(line![Announcement.Length..]));
    }

    /// <summary>Sends SIGTERM.</summary>
    /// <returns>The exit code and what was written to stderr.</returns>
    public async Task<(int ExitCode, string Error)> TerminateAsync()
    {
        Signals.Send(_process, "TERM");
        string error = await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
