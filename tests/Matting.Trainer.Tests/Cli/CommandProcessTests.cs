using Matting.CommandLine;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Tests.Preparation;
using Matting.Trainer.Tests.Data;

namespace Matting.Trainer.Tests.Cli;

/// <summary>The real command in a process of its own: signals, exit codes, environment.</summary>
public sealed class CommandProcessTests
{
    // a command that does not end fails its test instead of stopping all of them
    private const int MostMilliseconds = 180_000;

    [Theory(Timeout = MostMilliseconds)]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_synth_with_130_and_leaves_no_half_written_file(string signal)
    {
        Signals.SkipUnlessTaken(signal);
        using TempFolder folder = new();
        string images = folder.File("data", "images");
        Directory.CreateDirectory(images);
        using FileSystemWatcher watcher = new(images, "*.png");
        TaskCompletionSource firstPicture = new(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => firstPicture.TrySetResult();
        watcher.EnableRaisingEvents = true;

        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using CommandProcess command = CommandProcess.Launch("synth", "--out", folder.File("data"), "--count", "100000", "--size", "64", "--overwrite");
        Task<string> error = command.StandardError.ReadToEndAsync(cancellation);
        await Task.WhenAny(firstPicture.Task, command.WaitForExitAsync(cancellation));
        Assert.False(command.HasExited, "the command ended before its first picture");
        Signals.Send(command, signal);
        await command.WaitForExitAsync(cancellation);

        Assert.Equal(ExitCodes.Interrupted, command.ExitCode);
        Assert.Equal("matting-train: interrupted", (await error).Trim());
        string[] files = Directory.GetFiles(folder.File("data"), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.EndsWith(".png", file, StringComparison.Ordinal));
    }

    [Theory(Timeout = MostMilliseconds)]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_training_with_130_after_its_step_and_keeps_the_best_checkpoint(string signal)
    {
        Signals.SkipUnlessTaken(signal);
        using TempFolder folder = new();
        string train = SampleFiles.Write(folder, "train.csv", 6, 64, 64), val = SampleFiles.Write(folder, "val.csv", 1, 64, 64);
        File.WriteAllText(folder.File("recipe.yaml"), "{epochs: 100000, batch: 2, augment: {crop: 64}, validation: {size: 64}, machine: {threads: 1}}");

        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using CommandProcess command = CommandProcess.Launch("train", "--recipe", folder.File("recipe.yaml"),
            "--set", $"data.train={train}", $"data.val={val}", "--set", $"output={folder.File("run")}");
        Task<string> error = command.StandardError.ReadToEndAsync(cancellation);
        List<string> lines = [];
        while (!lines.Exists(line => line.StartsWith("Epoch 2:", StringComparison.Ordinal)))
            lines.Add(await command.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException($"the command ended too early: {await error}"));
        Signals.Send(command, signal);
        string rest = await command.StandardOutput.ReadToEndAsync(cancellation);
        await command.WaitForExitAsync(cancellation);

        Assert.Equal(ExitCodes.Interrupted, command.ExitCode);
        Assert.Equal($"matting-train: interrupted; to go on: matting-train train --resume {folder.File("run")}", (await error).Trim());
        Assert.Matches(@"stopped    after \d+ of 100,000 epochs", rest);
        Assert.Contains($"best       {folder.File("run", "u2netp_best.pth")} (epoch ", rest, StringComparison.Ordinal);
        Assert.NotEmpty(WeightsFile.Load(folder.File("run", "u2netp_best.pth")));
        Assert.Equal(
            ["environment.json", "log.csv", "log.jsonl", "recipe.yaml", "state.pth", "u2netp_best.pth"],
            Directory.GetFiles(folder.File("run")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (OperatingSystem.IsLinux())
            Assert.Matches(@"^peak       [\d.]+ [MG]iB of memory", rest[rest.IndexOf("peak", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task A_usage_error_is_code_2_for_the_shell_too()
    {
        using CommandProcess command = CommandProcess.Launch("synth");
        string error = await command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Usage, command.ExitCode);
        Assert.StartsWith("matting-train: error: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    public async Task MATTING_TRACE_decides_whether_a_failure_shows_its_stack(string value, bool shown)
    {
        using CommandProcess command = CommandProcess.Launch(("MATTING_TRACE", value), "inspect", "no-such-file.pth");
        string error = await command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Failed, command.ExitCode);
        Assert.StartsWith("matting-train: error: ", error, StringComparison.Ordinal);
        Assert.Equal(shown, error.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Synth_writes_the_same_bytes_with_all_vector_instructions_switched_off()
    {
        using TempFolder folder = new();
        foreach ((string name, string value) in ((string, string)[])[("on", "1"), ("off", "0")])
        {
            using CommandProcess command = CommandProcess.Launch(
                ("DOTNET_EnableHWIntrinsic", value), "synth", "--out", folder.File(name), "--count", "24", "--size", "40x48", "--test", "0");
            string error = await command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await command.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal((ExitCodes.Done, ""), (command.ExitCode, error));
        }
        foreach (string file in Directory.GetFiles(folder.File("on"), "*.png", SearchOption.AllDirectories))
        {
            string twin = folder.File("off", Path.GetRelativePath(folder.File("on"), file));
            Assert.True(File.ReadAllBytes(file).SequenceEqual(File.ReadAllBytes(twin)), Path.GetRelativePath(folder.Path, twin));
        }
    }

    [Fact]
    public async Task Prepare_writes_the_same_bytes_with_all_vector_instructions_switched_off()
    {
        using TempFolder folder = new();
        SomeCutouts.Write(folder, "a/1.png", "a/2.png", "3.webp");
        foreach ((string name, string value) in ((string, string)[])[("on", "1"), ("off", "0")])
        {
            using CommandProcess command = CommandProcess.Launch(("DOTNET_EnableHWIntrinsic", value), "prepare", folder.File("cutouts"), "--out", folder.File(name), "--backgrounds", "3");
            string error = await command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await command.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal((ExitCodes.Done, ""), (command.ExitCode, error));
        }
        string[] pictures = Directory.GetFiles(folder.File("on"), "*.png", SearchOption.AllDirectories);
        Assert.Equal(12, pictures.Length);
        foreach (string file in pictures)
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.File("off", Path.GetRelativePath(folder.File("on"), file))));
    }
}
