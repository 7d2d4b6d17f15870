using System.Diagnostics;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

/// <summary>A disk that becomes full, as a small file system of its own.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _disk;
    private bool _mounted;

    public FullDiskTests()
    {
        _disk = _folder.File("disk");
        Directory.CreateDirectory(_disk);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (_mounted)
            Command("umount", _disk);
        _folder.Dispose();
    }

    [Fact]
    public void A_disk_that_is_full_stops_with_the_file_and_keeps_the_state_from_before()
    {
        Recipe recipe = TinyRuns.Recipe(_folder, "whole") with { Pictures = new PicturesRecipe { TrainBatch = "none", Validation = "none" } };
        TrainingRun.Run(recipe, new CollectingObserver(), Stop);
        // a state has 14 MB: the first one fits, but not the second beside it
        Mount("size=20m");

        IOException e = Assert.Throws<IOException>(() => TrainingRun.Run(recipe with { Output = Path.Combine(_disk, "run") }, new CollectingObserver(), Stop));

        string state = Path.Combine(_disk, "run", "state.pth");
        Assert.Contains(state, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(state)!), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        RunFiles.AssertWhole(Path.GetDirectoryName(state)!);
        Assert.NotEmpty(WeightsFile.Load(state));

        Mount("remount,size=100m");
        TrainingRun.Resume(Path.Combine(_disk, "run"), [], new CollectingObserver(), save: null, Stop);
        RunFiles.AssertSame(_folder.File("whole"), Path.Combine(_disk, "run"));
    }

    [Fact]
    public void A_disk_without_room_for_the_first_state_stops_before_the_first_step()
    {
        Mount("size=1m");
        CollectingObserver observer = new();

        IOException e = Assert.Throws<IOException>(() => TrainingRun.Run(TinyRuns.Recipe(_folder, Path.Combine("disk", "run")), observer, Stop));

        Assert.Contains(Path.Combine(_disk, "run", "state.pth"), e.Message, StringComparison.Ordinal);
        Assert.Null(observer.Run);
    }

    private void Mount(string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: small file systems are made on Linux only");
        Assert.SkipUnless(Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", _disk), "SKIPPED: this user may not mount a file system");
        _mounted = true;
    }

    private static bool Command(string name, params string[] args)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(name, args) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // a minimal system has no such command
            return false;
        }
    }
}
