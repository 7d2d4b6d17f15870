using System.Diagnostics;
using System.Globalization;
using Matting.CommandLine;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Cli;

/// <summary><c>matting predict</c> over many small pictures, in a process of its own.</summary>
public sealed class FlatMemoryTests : CliTest
{
    private const int Files = 1500;

    // the first ones fill pools and compile code
    private const int WarmUp = 500;

    // what a collector may keep more at one moment than at another; a thousand decoded pictures that are kept would be 12 MiB, their buffers 60
    private const long Slack = 16L << 20;

    private const int PictureSide = 64;

    [Fact]
    public async Task The_memory_does_not_grow_with_the_number_of_pictures()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: the memory of a process is read from /proc");
        string model = Folder.File("small.onnx");
        await File.WriteAllBytesAsync(model, MattingSmall.WithCard(PictureSide, PictureSide), TestContext.Current.CancellationToken);
        byte[][] pictures = [.. Enumerable.Range(0, 8).Select(seed => ImageFile.EncodePng(Pictures.Rgb(PictureSide, PictureSide, seed)))];
        Directory.CreateDirectory(Folder.File("in"));
        for (int i = 0; i < Files; i++)
            await File.WriteAllBytesAsync(Folder.File("in", $"{i:D5}.png"), pictures[i % pictures.Length], TestContext.Current.CancellationToken);

        ProcessStartInfo start = new(
            Path.Combine(PublishedFolderTests.Folders.First().Data, "matting"),
            ["predict", "--model", model, "--tta", "flip", "--kind", "cutout", "--out", Folder.File("out"), Folder.File("in")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        int written = 0;
        long warm = 0, last = 0;
        // a line for each result
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not null)
        {
            written++;
            if (written == WarmUp)
                warm = ResidentMemory(process);
            else if (written > WarmUp && written % 50 == 0 && !process.HasExited)
                last = Math.Max(last, ResidentMemory(process));
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == ExitCodes.Done, await error);
        Assert.Equal(Files, written);
        Assert.InRange(last, 1, warm + Slack);
    }

    // 0 when the process has just ended
    private static long ResidentMemory(Process process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6, line.Length - 6 - 2).Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
