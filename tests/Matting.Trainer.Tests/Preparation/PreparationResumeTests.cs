using Matting.Shared.Imaging;
using Matting.Testing;
using Matting.Trainer.Preparation;

namespace Matting.Trainer.Tests.Preparation;

/// <summary>A preparation that was stopped, repeated, or disturbed.</summary>
public sealed class PreparationResumeTests : IDisposable
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 20).Select(i => $"{i % 3}/{i:00}.png")];

    private readonly TempFolder _folder = new();

    public PreparationResumeTests() => SomeCutouts.Write(_folder, Names);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_run_keeps_everything_and_writes_nothing()
    {
        Run(Options);
        Dictionary<string, DateTime> before = Times();
        PreparationResult second = Run(Options);
        Assert.Equal((0, 20, 16, 4), (second.Written, second.Kept, second.TrainingPairs, second.ValidationPairs));
        Assert.Equal(before, Times());
    }

    [Fact]
    public void What_was_cancelled_goes_on_and_ends_as_if_it_had_not_been()
    {
        using CancellationTokenSource source = new();
        int done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => CutoutPreparation.Run(
            Options,
            null,
            _ =>
            {
                if (Interlocked.Increment(ref done) == 5)
                    source.Cancel();
            },
            source.Token));
        Assert.False(File.Exists(Result("train.csv")));
        Assert.All(Pictures(), file => ImageFile.ReadRgb(file));
        PreparationResult rest = Run(Options);
        Assert.InRange(rest.Kept, 5, 7);
        Assert.Equal(20, rest.Kept + rest.Written);

        PreparationOptions whole = Options with { Folder = _folder.File("whole") };
        Run(whole);
        foreach (string file in Directory.GetFiles(whole.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".jsonl", StringComparison.Ordinal)))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Result(Path.GetRelativePath(whole.Folder, file))));
    }

    [Fact]
    public void Changed_cutouts_and_damaged_or_missing_results_are_done_again()
    {
        Run(Options);
        ImageFile.Write(_folder.File("cutouts", Names[0]), SomeCutouts.Disc(99, 30, 30));
        File.Delete(Result("alpha/" + Names[1]));
        File.AppendAllText(Result("images/" + Names[2]), "x");
        PreparationResult second = Run(Options);
        Assert.Equal((3, 17), (second.Written, second.Kept));
        Assert.Equal(30, ImageFile.Identify(Result("images/" + Names[0])).Width);
        Assert.True(File.Exists(Result("alpha/" + Names[1])));
        Assert.Equal(20, Run(Options).Kept);
    }

    [Fact]
    public void A_link_is_as_new_as_what_it_leads_to_and_one_that_leads_nowhere_is_left_out()
    {
        string target = _folder.File("elsewhere.png");
        ImageFile.Write(target, SomeCutouts.Disc(1));
        File.CreateSymbolicLink(_folder.File("cutouts", "link.png"), target);
        File.CreateSymbolicLink(_folder.File("cutouts", "nowhere.png"), _folder.File("nothing.png"));
        File.CreateSymbolicLink(_folder.File("cutouts", "round.png"), _folder.File("cutouts", "round.png"));
        PreparationResult first = Run(Options);
        Assert.Equal((21, 2), (first.Written, first.LeftOut));
        ImageFile.Write(target, SomeCutouts.Disc(2, 40, 40));
        Assert.Equal((1, 20), Counts(Run(Options)));
        Assert.Equal(40, ImageFile.Identify(Result("images/link.png")).Width);
    }

    [Fact]
    public void Cutouts_that_come_are_added_and_those_that_go_are_no_longer_listed()
    {
        Run(Options);
        SomeCutouts.Write(_folder, "new.png");
        File.Delete(_folder.File("cutouts", Names[3]));
        PreparationResult second = Run(Options);
        Assert.Equal((1, 19), (second.Written, second.Kept));
        string[] rows = File.ReadAllLines(Result("pairs.csv"));
        Assert.Contains("images/new.png,alpha/new.png,", rows);
        Assert.DoesNotContain(rows, row => row.Contains(Names[3], StringComparison.Ordinal));
    }

    [Fact]
    public void Other_settings_in_the_same_folder_are_refused_with_what_to_do()
    {
        Run(Options);
        foreach (PreparationOptions other in (PreparationOptions[])[Options with { Seed = 43 }, Options with { Backgrounds = 2 }, Options with { ValidationShare = 0.3 }])
        {
            PreparationException e = Assert.Throws<PreparationException>(() => Run(other));
            Assert.Contains("--seed 42 --backgrounds 1 --val 0.2", e.Message, StringComparison.Ordinal);
            Assert.Contains("--overwrite", e.Message, StringComparison.Ordinal);
        }
        Assert.Equal(20, Run(Options).Kept);
    }

    [Fact]
    public void Starting_over_deletes_what_was_prepared_and_nothing_else()
    {
        Run(Options with { Backgrounds = 3 });
        string mine = _folder.Text("set/images/mine.png", "mine");
        PreparationResult again = Run(Options with { StartOver = true, Seed = 7 });
        Assert.Equal((20, 0), (again.Written, again.Kept));
        Assert.Equal("mine", File.ReadAllText(mine));
        Assert.Empty(Directory.GetFiles(Result("images_3"), "*", SearchOption.AllDirectories));
        Assert.Equal(20, Run(Options with { Seed = 7 }).Kept);
    }

    [Fact]
    public void A_ledger_whose_last_line_was_cut_off_loses_that_line_only()
    {
        Run(Options);
        string ledger = Result("prepared.jsonl");
        byte[] whole = File.ReadAllBytes(ledger);
        File.WriteAllBytes(ledger, whole[..^7]);
        Assert.Equal((1, 19), Counts(Run(Options)));
        Assert.Equal((0, 20), Counts(Run(Options)));
        File.WriteAllText(ledger, File.ReadAllText(ledger).Replace("{\"Cutout\":\"0/00.png\"", "{\"Cut#\"", StringComparison.Ordinal));
        Assert.Equal((1, 19), Counts(Run(Options)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("[]\n")]
    [InlineData("null\n")]
    [InlineData("{\"Cutout\":1}\n")]
    public void A_ledger_that_is_none_is_refused(string text)
    {
        _folder.Text("set/prepared.jsonl", text);
        Assert.Throws<PreparationException>(() => Run(Options));
    }

    [Fact]
    public void A_hostile_ledger_deletes_nothing_outside_its_folder()
    {
        string precious = _folder.Text("precious.png", "precious");
        string entry = "{\"Cutout\":\"../../precious.png\",\"Bytes\":1,\"Modified\":1,\"Sizes\":[1,1],\"SixteenBits\":false}\n";
        _folder.Text("set/prepared.jsonl", "{\"Format\":1,\"Seed\":42,\"Backgrounds\":1,\"ValidationShare\":0.2}\n" + entry + "null\n{\"Cutout\":null}\n{}\n");
        Assert.Equal(20, Run(Options with { StartOver = true }).Written);
        Assert.Equal("precious", File.ReadAllText(precious));
    }

    [Fact]
    public void What_a_killed_process_was_writing_is_swept_up()
    {
        Run(Options);
        string leftover = Result($"images/0/.00.png.123-{Guid.NewGuid():N}.tmp"), mine = Result("images/0/.mine.tmp");
        File.WriteAllText(leftover, "half");
        File.WriteAllText(mine, "mine");
        Run(Options);
        Assert.False(File.Exists(leftover));
        Assert.True(File.Exists(mine));
    }

    [Fact]
    public async Task Two_preparations_of_one_folder_do_not_run_at_once()
    {
        using ManualResetEventSlim inside = new(), leave = new();
        Task first = Task.Run(() => CutoutPreparation.Run(Options, null, _ => { inside.Set(); leave.Wait(); }), TestContext.Current.CancellationToken);
        inside.Wait(TestContext.Current.CancellationToken);
        try
        {
            Assert.Contains("another preparation", Assert.Throws<PreparationException>(() => Run(Options)).Message, StringComparison.Ordinal);
        }
        finally
        {
            leave.Set();
        }
        await first;
        Assert.Equal(20, Run(Options).Kept);
    }

    private PreparationOptions Options => new() { Cutouts = _folder.File("cutouts"), Folder = _folder.File("set"), Threads = 2 };

    private static PreparationResult Run(PreparationOptions options) => CutoutPreparation.Run(options, cancellation: TestContext.Current.CancellationToken);

    private static (int Written, int Kept) Counts(PreparationResult result) => (result.Written, result.Kept);

    private string Result(string name) => _folder.File("set", name);

    private IEnumerable<string> Pictures() => Directory.GetFiles(_folder.File("set"), "*.png", SearchOption.AllDirectories);

    private Dictionary<string, DateTime> Times() => Pictures().ToDictionary(file => file, File.GetLastWriteTimeUtc);
}
