using System.Text;
using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Testing;

namespace Matting.Runtime.Tests.Submissions;

public sealed class SubmissionDocumentTests : IDisposable
{
    private const string Header = "filename,image_utf\n";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_again()
    {
        string[] names = ["0007", "with, comma", "with \"quotes\"", "ünï", "two\nlines"];
        string file = SubmissionFile.Write(_folder.File("s.csv"), names.Select((name, i) => new SubmissionRow(name, Png(10 * i))));
        using SubmissionDocument document = SubmissionDocument.Open(file);
        Assert.Equal(names, document.Entries.Select(entry => entry.Name));
        Assert.All(document.Entries, entry => Assert.Null(entry.Problem));
        for (int i = names.Length - 1; i >= 0; i--)
            Assert.All(document.Read(document.Entries[i]).Pixels, value => Assert.Equal(10 * i, value));
    }

    [Theory]
    [InlineData("\n", "", "")]
    [InlineData("\r\n", "", "")]
    [InlineData("\n", "\"", "")]
    [InlineData("\r\n", "\"", "")]
    [InlineData("\n", "", "\uFEFF")]
    public void Line_ends_quotes_and_a_byte_order_mark_do_not_matter(string end, string quote, string mark)
    {
        string alpha = Convert.ToBase64String(Png(77));
        string file = _folder.Text("s.csv", $"{mark}filename,image_utf{end}{quote}a{quote},{quote}{alpha}{quote}{end}{end}b,{alpha}");
        using SubmissionDocument document = SubmissionDocument.Open(file);
        Assert.Equal([("a", 2L), ("b", 4L)], document.Entries.Select(entry => (entry.Name, entry.Line)));
        Assert.All(document.Entries, entry => Assert.Equal(77, document.Read(entry).Pixels[0]));
    }

    [Fact]
    public void A_long_alpha_with_carriage_returns_is_read_whole()
    {
        PixelImage noise = new(200, 100, 1);
        SeededRandom random = new(1);
        for (int i = 0; i < noise.Pixels.Length; i++)
            noise.Pixels[i] = (byte)random.Next(256);
        string file = _folder.Text("s.csv", $"filename,image_utf\r\na,{Convert.ToBase64String(ImageFile.EncodePng(noise))}\r\n");
        using SubmissionDocument document = SubmissionDocument.Open(file);
        Near.AssertSameBytes(noise.Pixels, document.Read(document.Entries[0]).Pixels);
    }

    [Theory]
    [InlineData("a", "1 field")]
    [InlineData("a,b,c", "3 fields")]
    [InlineData(",AAAA", "no name")]
    [InlineData("\"a,AAAA", "1 field")]
    [InlineData("\"a\"b,AAAA", "quoted")]
    [InlineData("a,\"AAAA", "quoted")]
    [InlineData("good,AAAA", "line 2 already")]
    [InlineData("a,", "has no alpha")]
    [InlineData("a,****", "no base64")]
    [InlineData("a,AAA", "no base64")]
    [InlineData("a,bm8gcGljdHVyZQ==", "no PNG")]
    public void A_wrong_row_is_reported_with_its_line_and_the_others_are_read(string row, string cause)
    {
        string alpha = Convert.ToBase64String(Png(5));
        string last = row.Contains('"', StringComparison.Ordinal) ? "" : $"\nlast,{alpha}";
        string file = _folder.Text("s.csv", $"{Header}good,{alpha}\n{row}{last}");
        using SubmissionDocument document = SubmissionDocument.Open(file);
        SubmissionException wrong = Assert.Throws<SubmissionException>(() => document.Read(document.Entries[1]));
        Assert.Equal((file, 3L), (wrong.File, wrong.Line));
        Assert.StartsWith($"{file}, line 3", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(cause, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(5, document.Read(document.Entries[0]).Pixels[0]);
        if (last.Length > 0)
            Assert.Equal(5, document.Read(document.Entries[2]).Pixels[0]);
    }

    [Fact]
    public void A_JPEG_or_half_a_PNG_is_no_alpha()
    {
        string jpeg = _folder.File("a.jpg");
        ImageFile.Write(jpeg, new PixelImage(4, 4, 1));
        byte[] png = Png(5);
        string file = _folder.Text("s.csv", $"{Header}jpeg,{Convert.ToBase64String(File.ReadAllBytes(jpeg))}\nhalf,{Convert.ToBase64String(png.AsSpan(0, png.Length / 2))}\n");
        using SubmissionDocument document = SubmissionDocument.Open(file);
        Assert.Contains("no PNG", Assert.Throws<SubmissionException>(() => document.Read(document.Entries[0])).Message, StringComparison.Ordinal);
        Assert.Contains("line 3 (half)", Assert.Throws<SubmissionException>(() => document.Read(document.Entries[1])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("name,alpha\na,b\n")]
    [InlineData("filename\n")]
    [InlineData("filename,image_utf,more\n")]
    public void Another_header_is_no_submission(string text)
    {
        SubmissionException wrong = Assert.Throws<SubmissionException>(() => SubmissionDocument.Open(_folder.Text("s.csv", text)));
        Assert.Contains("filename,image_utf", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_submission_without_rows_is_empty()
    {
        using SubmissionDocument document = SubmissionDocument.Open(_folder.Text("s.csv", Header));
        Assert.Empty(document.Entries);
    }

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_named()
    {
        Assert.Contains("no such", Assert.Throws<SubmissionException>(() => SubmissionDocument.Open(_folder.File("none.csv"))).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<SubmissionException>(() => SubmissionDocument.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_bytes_are_rows_or_errors_of_ours()
    {
        SeededRandom random = new(3);
        string alphabet = "a,\"\r\n\0é=";
        for (int round = 0; round < 500; round++)
        {
            StringBuilder text = new(Header);
            for (int i = 0; i < 40; i++)
                text.Append(alphabet[random.Next(alphabet.Length)]);
            using SubmissionDocument document = SubmissionDocument.Open(_folder.Text("s.csv", text.ToString()));
            Assert.All(document.Entries, entry => Assert.Throws<SubmissionException>(() => document.Read(entry)));
        }
    }

    private static byte[] Png(int level)
    {
        PixelImage grey = new(4, 3, 1);
        grey.Pixels.AsSpan().Fill((byte)level);
        return ImageFile.EncodePng(grey);
    }
}
