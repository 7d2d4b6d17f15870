using Matting.Shared.Imaging;
using Matting.Testing;
using Matting.Trainer.Data;
using Matting.Trainer.Preparation;

namespace Matting.Trainer.Tests.Preparation;

public sealed class CutoutPreparationTests : IDisposable
{
    private static readonly string[] Nine = ["a/1.png", "a/2.png", "a/3.png", "b/1.png", "b/2.png", "b/c/1.png", "4.png", "5.webp", "5.png"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_the_same_to_the_byte_whatever_the_number_of_threads_and_the_folders_place()
    {
        SomeCutouts.Write(_folder, Nine);
        Run(Options("one") with { Threads = 1 });
        Directory.Move(_folder.File("cutouts"), _folder.File("moved"));
        Run(Options("four") with { Threads = 4, Cutouts = _folder.File("moved") });
        Assert.Equal(Content("one"), Content("four"));
    }

    [Fact]
    public void Pictures_of_a_cutout_do_not_depend_on_the_others_nor_on_the_number_of_backgrounds()
    {
        SomeCutouts.Write(_folder, "a/1.png", "a/2.png");
        Run(Options("few"));
        SomeCutouts.Write(_folder, Nine);
        Run(Options("many") with { Backgrounds = 3 });
        SortedDictionary<string, string> few = Content("few"), many = Content("many");
        Assert.All(few.Where(file => file.Key.EndsWith(".png", StringComparison.Ordinal)), file => Assert.Equal(file.Value, many[file.Key]));
    }

    [Fact]
    public void A_composite_is_the_cutout_over_its_background_and_the_alpha_is_its_own()
    {
        SomeCutouts.Write(_folder, "a/1.png", "2.png");
        Run(Options("set") with { Backgrounds = 2 });
        PixelImage cutout = ImageFile.ReadRgba(_folder.File("cutouts", "a", "1.png"));
        Assert.Equal(GreyCompositing.AlphaOf(cutout).Pixels, ImageFile.ReadGrey(_folder.File("set", "alpha", "a", "1.png")).Pixels);
        foreach ((string images, int number) in ((string, int)[])[("images", 0), ("images_2", 1)])
        {
            PixelImage expected = GreyCompositing.Over(cutout, LightBackground.Draw(42, "a/1.png", number));
            Assert.Equal(expected.Pixels, ImageFile.ReadRgb(_folder.File("set", images, "a", "1.png")).Pixels);
        }
    }

    [Fact]
    public void Training_reads_the_tables_and_all_composites_of_a_cutout_are_on_one_side()
    {
        SomeCutouts.Write(_folder, Nine);
        PreparationResult result = Run(Options("set") with { Backgrounds = 3, ValidationShare = 0.3 });
        Assert.Equal((9, 18, 9), (result.Written, result.TrainingPairs, result.ValidationPairs));
        string[] train = Alphas("train.csv"), val = Alphas("val.csv"), pairs = Alphas("pairs.csv");
        Assert.Equal((18, 9, 27), (train.Length, val.Length, pairs.Length));
        Assert.Empty(train.Intersect(val));
        Assert.Equal(pairs.Order(), train.Concat(val).Order());
        // each third of the training rows has every cut-out once
        Assert.Equal(6, train[..6].Distinct().Count());
        Assert.Equal(train[..6], train[6..12]);
        SampleRow[] rows = [.. Table("train.csv").Rows];
        Assert.Equal(18, rows.Select(row => row.ImagePath).Distinct().Count());

        string[] Alphas(string name) => [.. Table(name).Rows.Select(row => row.AlphaPath)];
        SampleTable Table(string name) => SampleTableReader.Read(_folder.File("set", name));
    }

    [Theory]
    [InlineData(2, 0.01, 1)]
    [InlineData(2, 0.99, 1)]
    [InlineData(9, 0.2, 2)]
    [InlineData(9, 0.5, 5)]
    public void There_is_always_something_to_train_on_and_to_validate_with(int count, double share, int validation)
    {
        SomeCutouts.Write(_folder, Nine[..count]);
        PreparationResult result = Run(Options("set") with { ValidationShare = share });
        Assert.Equal((count - validation, validation), (result.TrainingPairs, result.ValidationPairs));
    }

    [Fact]
    public void Seeds_decide_the_split()
    {
        SomeCutouts.Write(_folder, Nine);
        string[] splits = [.. Enumerable.Range(0, 6).Select(seed =>
        {
            Run(Options($"{seed}") with { Seed = seed });
            return File.ReadAllText(_folder.File($"{seed}", "val.csv"));
        })];
        Assert.True(splits.Distinct().Count() > 3);
    }

    [Fact]
    public void Pictures_of_no_use_are_left_out_with_their_reasons_and_the_rest_goes_on()
    {
        SomeCutouts.Write(_folder, "good.png", "fine.webp");
        SomeCutouts.Copy(_folder, "rgb8.png", "no_alpha.png");
        SomeCutouts.Copy(_folder, "444.jpg", "photo.jpg");
        SomeCutouts.Copy(_folder, "rgba16.png", "sixteen.png");
        ImageFile.Write(_folder.File("cutouts", "empty.png"), new PixelImage(4, 4, 4));
        File.WriteAllText(_folder.File("cutouts", "text.png"), "not a picture");
        File.WriteAllBytes(_folder.File("cutouts", "cut.png"), File.ReadAllBytes(_folder.File("cutouts", "good.png"))[..60]);
        ImageFile.Write(_folder.File("cutouts", "huge.png"), new PixelImage(100, 100, 4));
        File.WriteAllText(_folder.File("cutouts", "notes.txt"), "ignored");
        Dictionary<string, string> reasons = [];
        PreparationResult result = Run(
            Options("set") with { Reading = ImageReadOptions.Default with { MaxPixels = 9999 } },
            outcome => reasons.Add(Path.GetFileName(outcome.Cutout), outcome.Reason ?? "-"));

        Assert.Equal((3, 6, 1), (result.Written, result.LeftOut, result.SixteenBits));
        Assert.Equal(["-", "-", "-"], ((string[])["good.png", "fine.webp", "sixteen.png"]).Select(name => reasons[name]));
        Assert.Contains("opaque everywhere", reasons["no_alpha.png"], StringComparison.Ordinal);
        Assert.Contains("JPEG has no alpha channel", reasons["photo.jpg"], StringComparison.Ordinal);
        Assert.Contains("transparent everywhere", reasons["empty.png"], StringComparison.Ordinal);
        Assert.Contains("none of PNG, JPEG", reasons["text.png"], StringComparison.Ordinal);
        Assert.Contains("ends too early", reasons["cut.png"], StringComparison.Ordinal);
        Assert.Contains("100x100 pixels", reasons["huge.png"], StringComparison.Ordinal);
        Assert.All(reasons.Where(reason => reason.Value != "-"), reason => Assert.Contains(_folder.File("cutouts", reason.Key), reason.Value, StringComparison.Ordinal));
        Assert.Equal(3, Directory.GetFiles(_folder.File("set", "images")).Length);
        Assert.Equal(3, SampleTableReader.Read(_folder.File("set", "pairs.csv")).Rows.Count);
    }

    [Fact]
    public void Captions_of_a_MAGICK_index_become_the_text_column()
    {
        SomeCutouts.Write(_folder, "images/ab/abc1.png", "images/ab/abc2.png", "images/ab/none.png");
        _folder.Text("cutouts/magick_index.tsv", "page_id\tscore\tsubject\nabc1\t1\ta red, round apple\nabc2\t2\tfern\n");
        Run(Options("set") with { Cutouts = _folder.File("cutouts", "images") });
        string[] rows = File.ReadAllLines(_folder.File("set", "pairs.csv"));
        Assert.Equal(
            ["image_path,alpha_path,text", "images/ab/abc1.png,alpha/ab/abc1.png,\"a red, round apple\"", "images/ab/abc2.png,alpha/ab/abc2.png,fern", "images/ab/none.png,alpha/ab/none.png,"],
            rows);
        Assert.Equal(3, SampleTableReader.Read(_folder.File("set", "pairs.csv")).Rows.Count);
    }

    [Fact]
    public void Names_with_commas_quotes_and_blanks_reach_the_training()
    {
        SomeCutouts.Write(_folder, "a, b/x \"y\".png", " lead/ü .png");
        Run(Options("set"));
        Assert.Equal(2, SampleTableReader.Read(_folder.File("set", "pairs.csv")).Rows.Count);
    }

    [Fact]
    public void An_index_without_its_columns_is_an_error_that_names_them()
    {
        SomeCutouts.Write(_folder, "1.png");
        _folder.Text("cutouts/magick_index.tsv", "id\tname\n1\t2\n");
        Assert.Contains("page_id", Refused(Options("set")), StringComparison.Ordinal);
        _folder.Text("cutouts/magick_index.tsv", "page_id\tsubject\n1\t\"open\n");
        Assert.Contains("captions are optional", Refused(Options("set")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("set")));
    }

    [Fact]
    public void Folders_that_make_no_sense_are_refused()
    {
        SomeCutouts.Write(_folder, "1.png");
        Assert.Contains("no such folder", Refused(Options("set") with { Cutouts = _folder.File("elsewhere") }), StringComparison.Ordinal);
        Assert.Contains("is a file", Refused(Options("set") with { Cutouts = _folder.File("cutouts", "1.png") }), StringComparison.Ordinal);
        Assert.Contains("cannot share a folder", Refused(Options("cutouts")), StringComparison.Ordinal);
        Directory.CreateDirectory(_folder.File("nothing"));
        Assert.Contains("no picture", Refused(Options("set") with { Cutouts = _folder.File("nothing") }), StringComparison.Ordinal);
        _folder.Text("mine/letter.txt", "private");
        Assert.Contains("not empty", Refused(Options("mine")), StringComparison.Ordinal);
        Assert.Contains("not empty", Refused(Options("mine") with { StartOver = true }), StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Directory.GetFileSystemEntries(_folder.File("mine")).Select(Path.GetFileName));
        Assert.Contains("is a file", Refused(Options("cutouts/1.png") with { Cutouts = _folder.File("cutouts") }), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_use_is_an_error_and_leaves_no_table()
    {
        SomeCutouts.Write(_folder);
        Directory.CreateDirectory(_folder.File("cutouts"));
        SomeCutouts.Copy(_folder, "rgb8.png", "1.png");
        Assert.Contains("none of 1 pictures", Refused(Options("set")), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("set", "pairs.csv")));
    }

    [Fact]
    public void Results_below_the_cutouts_hidden_folders_and_links_to_folders_are_not_taken_for_cutouts()
    {
        SomeCutouts.Write(_folder, "1.png", "2.png", ".hidden/3.png");
        Directory.CreateSymbolicLink(_folder.File("cutouts", "loop"), _folder.File("cutouts"));
        Assert.Equal(2, Run(Options("cutouts/prepared")).Written);
        Assert.Equal(2, Run(Options("cutouts/prepared")).Kept);
    }

    public static TheoryData<PreparationOptions> BadOptions
    {
        get
        {
            PreparationOptions good = new() { Cutouts = "none", Folder = "never-written" };
            return [good with { Backgrounds = 0 }, good with { Backgrounds = 101 }, good with { ValidationShare = 0 }, good with { ValidationShare = 1 },
                good with { ValidationShare = double.NaN }, good with { Threads = 0 }, good with { Folder = "" }, good with { Cutouts = "" }];
        }
    }

    [Theory]
    [MemberData(nameof(BadOptions), DisableDiscoveryEnumeration = true)]
    public void Options_out_of_range_are_refused(PreparationOptions options) => Assert.ThrowsAny<ArgumentException>(() => Run(options));

    private PreparationOptions Options(string name) => new() { Cutouts = _folder.File("cutouts"), Folder = _folder.File(name), Threads = 2 };

    private static PreparationResult Run(PreparationOptions options, Action<CutoutOutcome>? done = null)
    {
        Lock turns = new();
        return CutoutPreparation.Run(options, null, outcome => { lock (turns) done?.Invoke(outcome); }, TestContext.Current.CancellationToken);
    }

    private static string Refused(PreparationOptions options) => Assert.Throws<PreparationException>(() => Run(options)).Message;

    // all but the ledger, which has the times of the cut-outs and the order they were done in
    private SortedDictionary<string, string> Content(string name)
    {
        string root = _folder.File(name);
        return new(Directory.GetFiles(root, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".jsonl", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(root, file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);
    }
}
