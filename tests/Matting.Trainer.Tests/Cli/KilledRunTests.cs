using System.Diagnostics;
using Matting.CommandLine;
using Matting.Shared.Numerics;
using Matting.Testing;
using Matting.Trainer.Tests.Data;
using Matting.Trainer.Tests.Training;

namespace Matting.Trainer.Tests.Cli;

/// <summary>Nothing of a run is lost with its process: kill -9 at any moment, signals, and going on.</summary>
public sealed class KilledRunTests : IDisposable
{
    private const int Kills = 20;

    // a command that does not end fails its test instead of stopping all of them
    private const int MostMilliseconds = 900_000;

    private readonly TempFolder _folder = new();

    public KilledRunTests()
    {
        SampleFiles.Write(_folder, "train.csv", 5, 64, 64);
        SampleFiles.Write(_folder, "val.csv", 1, 64, 64);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = MostMilliseconds)]
    public async Task Killed_at_twenty_random_moments_every_file_is_whole_and_the_run_ends_with_the_same_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: Windows has no kill -9");
        await RunToEnd(Recipe("whole"));
        SeededRandom random = new(20);
        string run = _folder.File("killed");
        string[] start = Recipe("killed"), next = start;
        int killed = 0, epochsSeen = 0;
        while (killed < Kills)
        {
            using CommandProcess command = CommandProcess.Launch(next);
            // a moment is a number of files put in place, then a number of writes; in the start-up there are none, only the very beginning and the first line
            await (killed == 0 ? Task.CompletedTask : killed == 1 ? FirstLine(command) : Moment(random.Next(12), random.Next(600), command));
            if (command.HasExited)
            {
                // too late a moment for the rest of this run: it is what it should be, and the next one begins
                RunFiles.AssertSame(_folder.File("whole"), run);
                Directory.Delete(run, recursive: true);
                next = start;
                continue;
            }
            command.Kill();
            await command.WaitForExitAsync(Stop);
            killed++;
            if (Directory.Exists(run))
                RunFiles.AssertWhole(run);
            // before its recipe is written there is no run that could go on
            next = File.Exists(Path.Combine(run, "recipe.yaml")) ? ["train", "--resume", run] : start;
            epochsSeen = Math.Max(epochsSeen, File.Exists(Path.Combine(run, "log.csv")) ? File.ReadAllLines(Path.Combine(run, "log.csv")).Length - 1 : 0);
        }
        await RunToEnd(next);

        Assert.Equal(Kills, killed);
        Assert.True(epochsSeen > 1, "the run was hardly under way at any of the moments");
        RunFiles.AssertSame(_folder.File("whole"), run);
        // what the kills left of files that were being written is gone since the last resume
        Assert.Empty(Directory.GetFiles(run, "*.tmp"));
    }

    private string[] Recipe(string output)
    {
        File.WriteAllText(_folder.File("recipe.yaml"), """
            epochs: 6
            batch: 2
            data: {workers: 1}
            augment: {crop: 64}
            validation: {size: 32}
            optimiser: {name: adamw, lr: 2e-3}
            ema: {decay: 0.9}
            pictures: {train_batch: none, validation: none}
            save: {every_steps: 2}
            machine: {threads: 1, allocator: system}
            """);
        return ["train", "--recipe", _folder.File("recipe.yaml"), "--set", $"data.train={_folder.File("train.csv")}", $"data.val={_folder.File("val.csv")}", $"output={_folder.File(output)}"];
    }

    private static async Task RunToEnd(string[] args)
    {
        using CommandProcess command = CommandProcess.Launch(args);
        Task<string> error = command.StandardError.ReadToEndAsync(Stop);
        await command.StandardOutput.ReadToEndAsync(Stop);
        await command.WaitForExitAsync(Stop);
        Assert.Equal((ExitCodes.Done, ""), (command.ExitCode, await error));
    }

    private static Task FirstLine(Process command) => Task.WhenAny(command.StandardError.ReadLineAsync(Stop).AsTask(), command.StandardOutput.ReadLineAsync(Stop).AsTask());

    private async Task Moment(int files, int writes, Process command)
    {
        using FileSystemWatcher watcher = new(_folder.Path) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.Size };
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => Interlocked.Decrement(ref files);
        watcher.Changed += (_, _) =>
        {
            if (Volatile.Read(ref files) <= 0 && Interlocked.Decrement(ref writes) < 0)
                reached.TrySetResult();
        };
        watcher.EnableRaisingEvents = true;
        await Task.WhenAny(reached.Task, command.WaitForExitAsync(Stop));
    }
}
