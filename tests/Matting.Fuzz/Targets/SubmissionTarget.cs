using System.Text;
using Matting.Fuzz.Mutations;
using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Fuzz.Targets;

/// <summary>Submissions as <c>view</c> and <c>compare</c> read them: every row of the CSV and the picture in it.</summary>
internal sealed class SubmissionTarget() : FuzzTarget("submission", ".csv")
{
    private static readonly ImageReadOptions Reading = new() { MaxPixels = 1_000_000 };

    private static readonly byte[][] Words =
        [.. new[] { "\"", "\"\"", "\r\n", "\n", "\r", ",", "filename", "image_utf", "\0", "====", "\ufeff", "\ud83d", "iVBORw0KGgo=" }.Select(Encoding.UTF8.GetBytes)];

    private readonly byte[][] _seeds = [Rows("a", "b", "007"), Rows("\"x,y\"", "z"), Rows()];
    private string? _folder;

    public override byte[] Input(SeededRandom random) => ByteMutator.Mutate(Pick(_seeds, random), Pick(_seeds, random), random, Words);

    public override void Try(byte[] input)
    {
        string file = Path.Combine(_folder ??= Scratch(), "submission.csv");
        File.WriteAllBytes(file, input);
        using SubmissionDocument document = SubmissionDocument.Open(file);
        foreach (SubmissionEntry entry in document.Entries)
        {
            try
            {
                document.Read(entry, Reading);
            }
            catch (SubmissionException)
            {
                // this row is wrong, the next may be right
            }
        }
    }

    public override bool Accepts(Exception failure) => failure is SubmissionException;

    protected override void Dispose(bool disposing)
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
        base.Dispose(disposing);
    }

    // in memory where the system offers that: ten thousand small files keep a disk busy for a minute
    private static string Scratch()
    {
        const string memory = "/dev/shm";
        return Directory.Exists(memory)
            ? Directory.CreateDirectory(Path.Combine(memory, $"matting-fuzz-{Environment.ProcessId}")).FullName
            : Directory.CreateTempSubdirectory("matting-fuzz-").FullName;
    }

    private static byte[] Rows(params string[] names)
    {
        StringBuilder text = new("filename,image_utf\n");
        foreach (string name in names)
            text.Append(name).Append(',').Append(Convert.ToBase64String(ImageFile.EncodePng(new PixelImage(3 + name.Length, 4, 1)))).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
