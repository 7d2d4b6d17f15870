using Matting.Shared.Imaging;
using Matting.Testing;
using Matting.Trainer.Data;
using Matting.Trainer.Synthesis;

namespace Matting.Trainer.Tests.Synth;

public sealed class SyntheticDatasetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_files_are_the_same_to_the_byte_whatever_the_number_of_threads()
    {
        Write(Options("one") with { Threads = 1 });
        Write(Options("four") with { Threads = 4 });
        Assert.Equal(Content("one"), Content("four"));
    }

    [Fact]
    public void A_larger_dataset_of_the_same_seed_contains_the_smaller_one()
    {
        Write(Options("small") with { Count = 5 });
        Write(Options("large") with { Count = 11 });
        SortedDictionary<string, string> small = Content("small"), large = Content("large");
        Assert.All(small.Where(file => file.Key.EndsWith(".png", StringComparison.Ordinal)), file => Assert.Equal(file.Value, large[file.Key]));
        string[] smallRows = File.ReadAllLines(_folder.File("small", "val.csv"));
        Assert.Equal(smallRows, File.ReadAllLines(_folder.File("large", "val.csv")).Take(smallRows.Length));
    }

    [Fact]
    public void Training_validation_and_held_out_pictures_do_not_overlap()
    {
        (int training, int validation, int test) = Write(Options("set") with { Count = 10, ValidationShare = 0.3, TestCount = 3 });
        Assert.Equal((7, 3, 3), (training, validation, test));
        SampleTable train = Table("train.csv"), val = Table("val.csv"), held = Table("test.csv");
        Assert.Equal((7, 3, 3), (train.Rows.Count, val.Rows.Count, held.Rows.Count));
        string[] images = [.. train.Rows.Concat(val.Rows).Concat(held.Rows).Select(row => row.ImagePath)];
        Assert.Equal(13, images.Distinct().Count());
        // not the same pictures under other names either
        Assert.Equal(13, images.Select(file => Convert.ToHexString(File.ReadAllBytes(file))).Distinct().Count());
        Assert.Equal(3, Directory.GetFiles(_folder.File("set", "test")).Length);

        SampleTable Table(string name) => SampleTableReader.Read(_folder.File("set", name));
    }

    [Fact]
    public void The_files_hold_the_pictures_that_the_generator_makes()
    {
        Write(Options("set"));
        SyntheticPicture picture = SyntheticPicture.Create(7, 0, 2, 24, 32);
        Assert.Equal(picture.Image.Pixels, ImageFile.ReadRgb(_folder.File("set", "images", "000002.png")).Pixels);
        Assert.Equal(picture.Alpha.Pixels, ImageFile.ReadGrey(_folder.File("set", "alpha", "000002.png")).Pixels);
    }

    [Theory]
    [InlineData(2, 0.01, 1)]
    [InlineData(2, 0.99, 1)]
    [InlineData(10, 0.5, 5)]
    [InlineData(10, 0.9, 9)]
    [InlineData(7, 0.2, 2)]
    public void There_is_always_something_to_train_on_and_to_validate_with(int count, double share, int validation)
    {
        Assert.Equal(validation, Write(Options("set") with { Count = count, ValidationShare = share, TestCount = 0 }).Validation);
        Assert.Equal("image_path,alpha_path\n", File.ReadAllText(_folder.File("set", "test.csv")));
    }

    [Fact]
    public void A_folder_that_is_not_empty_is_left_alone_unless_overwriting()
    {
        string note = _folder.Text("set/images/notes.txt", "mine");
        string foreign = _folder.Text("set/images/photo.png", "mine too");
        Assert.Throws<IOException>(() => Write(Options("set")));
        Assert.False(File.Exists(_folder.File("set", "train.csv")));
        Write(Options("set") with { Count = 6, Overwrite = true });
        Write(Options("set") with { Count = 3, Overwrite = true });
        // the pictures beyond the new count are gone, files of others stay
        Assert.Equal(["000000.png", "000001.png", "000002.png", "notes.txt", "photo.png"],
            Directory.GetFiles(_folder.File("set", "images")).Select(Path.GetFileName).Order());
        Assert.Equal(("mine", "mine too"), (File.ReadAllText(note), File.ReadAllText(foreign)));
    }

    [Fact]
    public void Cancelling_leaves_whole_files_only_and_no_table()
    {
        using CancellationTokenSource source = new();
        int done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => SyntheticDataset.Write(
            Options("set") with { Count = 500 },
            () =>
            {
                if (Interlocked.Increment(ref done) == 3)
                    source.Cancel();
            },
            source.Token));
        string[] files = Directory.GetFiles(_folder.File("set"), "*", SearchOption.AllDirectories);
        Assert.InRange(files.Length, 6, 100);
        Assert.All(files, file => Assert.Equal((32, 24), (ImageFile.Identify(file).Width, ImageFile.Identify(file).Height)));
        Assert.All(files, file => ImageFile.ReadGrey(file));
    }

    public static TheoryData<SynthesisOptions> BadOptions
    {
        get
        {
            SynthesisOptions good = new() { Folder = "never-written" };
            return [good with { Count = 1 }, good with { Height = 0 }, good with { Width = 9000 }, good with { ValidationShare = 0 },
                good with { ValidationShare = 1 }, good with { ValidationShare = double.NaN }, good with { TestCount = -1 }, good with { Threads = 0 }];
        }
    }

    [Theory]
    [MemberData(nameof(BadOptions), DisableDiscoveryEnumeration = true)]
    public void Options_out_of_range_are_refused_before_anything_is_written(SynthesisOptions options)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Write(options));
        Assert.False(Directory.Exists(options.Folder));
    }

    private SynthesisOptions Options(string name) =>
        new() { Folder = _folder.File(name), Count = 4, Height = 24, Width = 32, Seed = 7, TestCount = 2 };

    private static (int Training, int Validation, int Test) Write(SynthesisOptions options) =>
        SyntheticDataset.Write(options, null, TestContext.Current.CancellationToken);

    private SortedDictionary<string, string> Content(string name)
    {
        string root = _folder.File(name);
        return new(Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(root, file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);
    }
}
