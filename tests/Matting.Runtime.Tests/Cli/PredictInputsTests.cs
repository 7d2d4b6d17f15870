using Matting.CommandLine;
using Matting.Testing;

namespace Matting.Runtime.Tests.Cli;

/// <summary>Which pictures <c>matting predict</c> takes and where their results go.</summary>
public sealed class PredictInputsTests : CliTest
{
    private string Out => Folder.File("out");

    [Fact]
    public void The_tree_of_a_folder_is_kept()
    {
        foreach (string name in (string[])["in/b.png", "in/a/deep/c.jpg", "in/a/b.png", "in/.hidden/x.png"])
            Picture(name);
        CliRun run = Predict(Folder.File("in"));
        Assert.Equal([Path.Combine(Out, "b.png"), Path.Combine(Out, "a", "b.png"), Path.Combine(Out, "a", "deep", "c.png")], run.OutputLines);
        Assert.All(run.OutputLines, file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public void Results_below_the_folder_are_not_taken_for_pictures()
    {
        Picture("in/a.jpg");
        string inside = Folder.File("in", "results");
        Assert.Single(CliRun.Of("predict", "--model", Model, "--out", inside, Folder.File("in")).OutputLines);
        Assert.Single(CliRun.Of("predict", "--model", Model, "--out", inside, "--overwrite", Folder.File("in")).OutputLines);
    }

    [Fact]
    public void A_folder_that_links_to_itself_ends()
    {
        Picture("in/sub/a.jpg");
        Directory.CreateSymbolicLink(Folder.File("in", "sub", "loop"), Folder.File("in"));
        Assert.Equal([Path.Combine(Out, "sub", "a.png")], Predict(Folder.File("in")).OutputLines);
    }

    [Theory]
    [InlineData("*.jpg", "b")]
    [InlineData("?.png", "a")]
    [InlineData("*/*.png", "x/a", "y/a")]
    [InlineData("x/*", "a", "c")]
    [InlineData("**/*.png", "a", "x/a", "y/a", "y/z/d")]
    [InlineData("**/z/*", "y/z/d")]
    [InlineData("**", "a", "b", "x/a", "x/c", "y/a", "y/z/d")]
    [InlineData("**/**/z/**", "y/z/d")]
    public void A_quoted_pattern_is_expanded_and_keeps_the_tree_behind_its_first_wildcard(string pattern, params string[] expected)
    {
        foreach (string name in (string[])["a.png", "b.jpg", "x/a.png", "x/c.webp", "y/a.png", "y/z/d.png"])
            Picture($"in/{name}");
        CliRun run = Predict(Path.Combine(Folder.File("in"), pattern));
        Assert.Equal(expected.Select(name => Path.Combine(Out, name + ".png")).Order(StringComparer.Ordinal), run.OutputLines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_whose_name_looks_like_a_pattern_is_taken_as_it_is()
    {
        Picture("in/b.png");
        Assert.Equal([Path.Combine(Out, "*.png")], Predict(Picture("in/*.png")).OutputLines);
    }

    [Fact]
    public void A_pattern_that_fits_nothing_is_refused()
    {
        Picture("in/a.png");
        CliRun.Of("predict", "--model", Model, "--out", Out, Folder.File("in", "*.jpg")).FailsWith(ExitCodes.Failed, "*.jpg", "no picture fits");
        CliRun.Of("predict", "--model", Model, "--out", Out, Folder.File("none", "*.jpg")).FailsWith(ExitCodes.Failed, "*.jpg", "no picture fits");
    }

    [Fact]
    public void Pictures_whose_names_differ_in_their_extensions_only_are_refused_before_anything_is_started()
    {
        string first = Picture("in/sub/a.jpg"), second = Picture("in/sub/a.png");
        CliRun.Of("predict", "--model", Model, "--out", Out, Folder.File("in")).FailsWith(ExitCodes.Failed, first, second, Path.Combine(Out, "sub", "a.png"));
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void Pictures_with_results_can_be_left_out()
    {
        string a = Picture("a.png"), b = Picture("b.png");
        Directory.CreateDirectory(Out);
        string old = Folder.Text("out/b.png", "old");
        CliRun run = Predict("--skip-existing", a, b);
        Assert.Equal([Path.Combine(Out, "a.png")], run.OutputLines);
        Assert.Contains("skipped: 1 picture whose result exists", run.Error, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(old));
        Assert.Contains("skipped: 2 pictures", Predict("--skip-existing", a, b).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_pictures_but_those_of_an_earlier_run_fail_a_part_of_the_batch_has_failed()
    {
        string good = Picture("good.png"), bad = Folder.Text("bad.png", "no picture");
        Assert.Equal(ExitCodes.PartFailed, CliRun.Of("predict", "--model", Model, "--out", Out, good, bad).ExitCode);
        Assert.Equal(ExitCodes.PartFailed, CliRun.Of("predict", "--model", Model, "--out", Out, "--skip-existing", good, bad).ExitCode);
        Assert.Equal(ExitCodes.Failed, CliRun.Of("predict", "--model", Model, "--out", Out, bad).ExitCode);
    }

    [Fact]
    public void A_picture_from_stdin_goes_to_stdout()
    {
        string picture = Picture("a.jpg", 33, 21);
        Predict("--kind", "cutout", picture);
        using MemoryStream output = new();
        CliRun run = CliRun.OnStreams(File.ReadAllBytes(picture), output, "predict", "--model", Model, "--kind", "cutout", "-");
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"loaded in [\d.]+ m?s\n1 picture, the run took [\d.]+ m?s\n$", run.Error);
        Near.AssertSameBytes(File.ReadAllBytes(Path.Combine(Out, "a.png")), output.ToArray());
    }

    [Fact]
    public void A_bad_picture_on_stdin_writes_nothing()
    {
        using MemoryStream output = new();
        CliRun.OnStreams([], output, "predict", "--model", Model, "-").FailsWith(ExitCodes.Failed, "stdin: ");
        byte[] cut = File.ReadAllBytes(Picture("a.png"))[..60];
        CliRun.OnStreams(cut, output, "predict", "--model", Model, "-").FailsWith(ExitCodes.Failed, "stdin: ");
        CliRun.OnStreams(File.ReadAllBytes(Picture("b.png")), output, "predict", "--model", Model, "--max-pixels", "9", "-").FailsWith(ExitCodes.Failed, "stdin: ", "20x12");
        Assert.Empty(output.ToArray());
    }

    [Fact]
    public void Stdin_stands_alone()
    {
        string picture = Picture("a.png");
        CliRun.Of("predict", "--model", Model, "-", picture).FailsWith(ExitCodes.Usage, "stands alone");
        CliRun.Of("predict", "--model", Model, "--out", Out, "-").FailsWith(ExitCodes.Usage, "stands alone");
    }

    private CliRun Predict(params string[] rest)
    {
        CliRun run = CliRun.Of(["predict", "--model", Model, "--out", Out, .. rest]);
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
        return run;
    }
}
