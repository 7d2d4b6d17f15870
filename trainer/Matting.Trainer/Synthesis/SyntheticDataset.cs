using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Matting.Shared.Files;
using Matting.Shared.Imaging;

namespace Matting.Trainer.Synthesis;

/// <summary>
/// Writes a dataset of synthetic pictures:
/// <code>
/// train.csv  val.csv        pairs to train on and to validate with: image_path, alpha_path
/// images/    alpha/         their files, 000000.png and so on
/// test/                     held-out pictures alone, as a runtime would get them
/// test_alpha/  test.csv     their true alpha, to look at results with
/// </code>
/// </summary>
/// <remarks>
/// Picture i depends on the seed and i alone, and so does the question whether it serves for validation: a
/// larger dataset of the same seed contains the smaller one. The CSV files are written last, so a folder
/// that has them is complete.
/// </remarks>
public static partial class SyntheticDataset
{
    private const long PairStream = 0;
    private const long TestStream = 1;
    private static readonly string[] PictureFolders = ["images", "alpha", "test", "test_alpha"];
    private static readonly string[] Tables = ["train.csv", "val.csv", "test.csv"];

    /// <summary>Writes the dataset.</summary>
    /// <param name="options">What and where.</param>
    /// <param name="pictureDone">Called after each picture is on the disk, from any thread; or null.</param>
    /// <param name="cancellation">Stops between two pictures; what is written until then is whole, the CSV files are missing.</param>
    /// <returns>Number of pairs for training, for validation, and of held-out pictures.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="IOException">The folder is not empty and must not be overwritten, or the disk refuses.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static (int Training, int Validation, int Test) Write(SynthesisOptions options, Action? pictureDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        PrepareFolder(options);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, options.Count + options.TestCount, parallel, i =>
        {
            bool pair = i < options.Count;
            int index = pair ? i : i - options.Count;
            SyntheticPicture picture = SyntheticPicture.Create(options.Seed, pair ? PairStream : TestStream, index, options.Height, options.Width);
            WritePicture(options, pair ? "images" : "test", index, picture.Image);
            WritePicture(options, pair ? "alpha" : "test_alpha", index, picture.Alpha);
            pictureDone?.Invoke();
        });
        int[] validation = [.. Enumerable.Range(0, options.Count).Where(i => ServesValidation(i, options))];
        int[] training = [.. Enumerable.Range(0, options.Count).Except(validation)];
        WriteTable(options, "train.csv", "images", "alpha", training);
        WriteTable(options, "val.csv", "images", "alpha", validation);
        WriteTable(options, "test.csv", "test", "test_alpha", Enumerable.Range(0, options.TestCount));
        return (training.Length, validation.Length, options.TestCount);
    }

    /// <summary>Spreads the validation pairs evenly and begins with the first; two pairs always give one of each.</summary>
    private static bool ServesValidation(int index, SynthesisOptions options)
    {
        if (options.ValidationShare > 0.5)
            return !Marked(index, 1 - options.ValidationShare);
        return Marked(index, options.ValidationShare);

        static bool Marked(int i, double share) => Math.Ceiling((i + 1) * share) > Math.Ceiling(i * share);
    }

    private static void PrepareFolder(SynthesisOptions options)
    {
        DirectoryInfo folder = Directory.CreateDirectory(options.Folder);
        if (!folder.EnumerateFileSystemInfos().Any())
            return;
        if (!options.Overwrite)
            throw new IOException($"{options.Folder}: the folder is not empty; a dataset goes into a new folder, or replaces an earlier one when overwriting is asked for");
        // the tables first: without them nobody takes what remains for a dataset
        foreach (string table in Tables)
            File.Delete(Path.Combine(options.Folder, table));
        foreach (string name in PictureFolders)
        {
            DirectoryInfo pictures = new(Path.Combine(options.Folder, name));
            if (!pictures.Exists)
                continue;
            // a smaller dataset must not keep pictures of the larger one; files of other names are not ours
            foreach (FileInfo picture in pictures.EnumerateFiles().Where(file => OwnName().IsMatch(file.Name)))
                picture.Delete();
        }
    }

    private static void WritePicture(SynthesisOptions options, string folder, int index, PixelImage picture) =>
        ImageFile.Write(Path.Combine(options.Folder, folder, NameOf(index)), picture);

    private static void WriteTable(SynthesisOptions options, string table, string images, string alphas, IEnumerable<int> indices)
    {
        StringBuilder text = new("image_path,alpha_path\n");
        foreach (int index in indices)
            text.Append(CultureInfo.InvariantCulture, $"{images}/{NameOf(index)},{alphas}/{NameOf(index)}\n");
        AtomicFile.WriteText(Path.Combine(options.Folder, table), text.ToString());
    }

    private static string NameOf(int index) => index.ToString("000000", CultureInfo.InvariantCulture) + ".png";

    [GeneratedRegex(@"^\d{6,}\.png$")]
    private static partial Regex OwnName();
}
