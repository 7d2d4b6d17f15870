using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Submissions;

public sealed class SubmissionFileTests
{
    public static TheoryData<string> GoldenCases => Testing.Golden.Ids("post", "submission_csv");

    [Theory]
    [MemberData(nameof(GoldenCases))]
    public void The_golden_masks_become_the_golden_rows(string id)
    {
        GoldenCase golden = Testing.Golden.Case(id);
        using TempFolder folder = new();
        string[] names = [.. golden.Params.GetProperty("file_names").EnumerateArray().Select(name => name.GetString()!)];
        IEnumerable<SubmissionRow> rows = names.Select((name, i) => new SubmissionRow(SubmissionFile.NameOf(name), ImageFile.EncodePng(Mask(golden.Input($"mask{i}")))));
        string[][] actual = Read(SubmissionFile.Write(folder.File("submission.csv"), rows));
        string[][] expected = Read(golden.OutputPath("csv"));
        Assert.Equal(expected.Select(row => row[0]), actual.Select(row => row[0]));
        Assert.Equal(expected[0], actual[0]);
        for (int i = 1; i < expected.Length; i++)
        {
            PixelImage wanted = Decode(expected[i][1]), got = Decode(actual[i][1]);
            Assert.Equal((wanted.Width, wanted.Height), (got.Width, got.Height));
            Near.AssertSameBytes(wanted.Pixels, got.Pixels, expected[i][0]);
        }
    }

    [Theory]
    [InlineData("0001.png", "0001")]
    [InlineData("/some/folder.d/a.b.jpg", "a")]
    [InlineData("plain", "plain")]
    [InlineData("7.JPG", "7")]
    [InlineData("ünï.webp", "ünï")]
    public void The_name_is_what_stands_before_the_first_dot(string picture, string name) => Assert.Equal(name, SubmissionFile.NameOf(picture));

    [Fact]
    public void The_bytes_of_a_small_submission_are_exactly_these()
    {
        using TempFolder folder = new();
        SubmissionRow[] rows = [new("1", "abc"u8.ToArray()), new("with, \"comma\"", "ab"u8.ToArray()), new("empty", default)];
        string written = SubmissionFile.Write(folder.File("deep", "s.csv"), rows);
        Assert.Equal(folder.File("deep", "s.csv"), written);
        Assert.Equal("filename,image_utf\n1,YWJj\n\"with, \"\"comma\"\"\",YWI=\nempty,\n"u8.ToArray(), File.ReadAllBytes(written));
    }

    [Fact]
    public void Numbers_go_on_after_the_highest_and_nothing_is_overwritten()
    {
        using TempFolder folder = new();
        string path = folder.File("submission.csv");
        Assert.Equal(path, SubmissionFile.Write(path, []));
        Assert.Equal(folder.File("submission_2.csv"), SubmissionFile.Write(path, []));
        folder.Text("submission_9.csv", "");
        Assert.Equal(folder.File("submission_10.csv"), SubmissionFile.Write(path, []));
        Assert.Equal(folder.File("other.csv"), SubmissionFile.Write(folder.File("other"), []));
    }

    [Fact]
    public void Rows_that_fail_leave_no_file_behind()
    {
        using TempFolder folder = new();
        static IEnumerable<SubmissionRow> Failing()
        {
            yield return new SubmissionRow("1", default);
            throw new InvalidOperationException();
        }
        Assert.Throws<InvalidOperationException>(() => SubmissionFile.Write(folder.File("submission.csv"), Failing()));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_collision_names_both_pictures_and_the_result()
    {
        NameCollisionException collision = Assert.Throws<NameCollisionException>(
            () => NameCollisionException.ThrowIfAny(["x/a.1.png", "b.png", "x/a.2.png"], SubmissionFile.NameOf));
        Assert.Equal(("x/a.1.png", "x/a.2.png", "a"), (collision.First, collision.Second, collision.Result));
        NameCollisionException.ThrowIfAny(["a.png", "A.png"], SubmissionFile.NameOf);
    }

    private static string[][] Read(string csv) => [.. File.ReadAllLines(csv).Select(line => line.Split(','))];

    private static PixelImage Decode(string base64) => ImageFile.ReadGrey(Convert.FromBase64String(base64), "row");

    private static PixelImage Mask(Npy mask) => new((int)mask.Shape[1], (int)mask.Shape[0], 1, mask.Bytes);
}
