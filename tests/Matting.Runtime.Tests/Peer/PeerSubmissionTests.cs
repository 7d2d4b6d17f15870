using Matting.CommandLine;
using Matting.Runtime.Submissions;
using Matting.Runtime.Tests.Cli;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Runtime.Tests.Peer;

/// <summary>
/// Submissions of this toolchain and of the script it replaces, from the same photographs and the same checkpoint: PyTorch, Pillow, SciPy and
/// NumPy on one side, the network as exported by <c>convert</c> and run by <c>submit</c> on the other.
/// </summary>
public sealed class PeerSubmissionTests : IDisposable
{
    private const int Side = 256;

    // the bound that the project has set itself: the rest is a matter of rounding, at the borders of the 255 levels
    private const double EqualShare = 0.9999;

    // in the order of sorted(): capitals first, digits as text, and the rows are named up to the first dot
    private static readonly string[] Names = ["9.jpg", "10.jpg", "Zebra.JPG", "a.b.c.jpeg", "a_b.jpg", "photo 6.JPEG"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("components", "component", false, "imagenet")]
    [InlineData("components", "component", true, "half")]
    [InlineData("calibrate", "calibration", false, "half")]
    [InlineData("calibrate", "calibration", true, "imagenet")]
    public async Task Submissions_of_the_photographs_are_those_of_the_peer(string post, string peerPost, bool flip, string profile)
    {
        PeerScript.Require();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string images = CopyPhotos();
        string weights = WriteWeights(images, profile);
        string expected = _folder.File("peer.csv"), actual = _folder.File("ours.csv"), model = _folder.File("model.onnx");

        await PeerScript.InferAsync(
        [
            "--images", images, "--weights", weights, "--size", $"{Side}", "--profile", profile, "--post", peerPost, "--threads", "1", "--out", expected,
            .. flip ? ["--tta"] : Array.Empty<string>(),
        ], cancellation);
        Run("convert", weights, "--size", $"{Side}", "--profile", profile, "--threads", "1", "--out", model);
        Run("submit", "--model", model, "--images", images, "--tta", flip ? "flip" : "none", "--post", post, "--threads", "1", "--out", actual);

        IReadOnlyList<float[]> predictions = Predict(model, images, flip);
        Assert.Equal(["10", "9", "Zebra", "a", "a_b", "photo 6"], RowsOf(expected));
        AssertHasContent(actual, predictions);
        SubmissionDifference difference = SubmissionDifference.Of(expected, actual, post == "components" ? predictions : null);
        TestContext.Current.TestOutputHelper?.WriteLine($"{post}, flip {flip}: {difference}");
        int compared = difference.Equal + difference.OffByOne + difference.More;
        Assert.True(difference.More == 0 && difference.Equal >= EqualShare * compared, $"{difference}");
        // what is left out must stay the exception
        Assert.InRange(difference.Excluded, 0, compared / 20);
    }

    private string CopyPhotos()
    {
        string folder = _folder.File("images");
        Directory.CreateDirectory(folder);
        foreach ((string photo, string name) in SharedFolder.RequirePhotos().Zip(Names))
            File.Copy(photo, Path.Combine(folder, name));
        return folder;
    }

    /// <summary>The golden weights, moved so that half of all pixels lie above the threshold of <c>components</c>: a border in every picture.</summary>
    private string WriteWeights(string images, string profile)
    {
        INetwork network = NetworkCatalogue.Create("u2netp");
        StateDict golden = WeightsFile.Load(Path.Combine(Golden.RequireFolder(), "u2netp", "weights.pth"));
        string trial = _folder.File("trial.onnx");
        ModelCard card = new() { Network = network.Name, Task = network.Task, Profile = NormalisationProfile.Get(profile) };
        OnnxFile.Write(trial, OnnxExporter.Build(network, golden, new() { Height = Side, Width = Side, Card = card }));
        float[] alphas = [.. Predict(trial, images, flip: false).SelectMany(alpha => alpha).Order()];
        double shift = Logit(0.05) - Logit(alphas[alphas.Length / 2]);

        StateDict moved = new();
        foreach ((string name, WeightTensor tensor) in golden)
            moved.Add(name, name == "outconv.bias" ? WeightTensor.FromFloat32([(float)(tensor.ToFloat32()[0] + shift)], 1) : tensor);
        string file = _folder.File("weights.pth");
        PthFile.Write(file, moved);
        return file;

        static double Logit(double alpha) => Math.Log(alpha / (1 - alpha));
    }

    private static IReadOnlyList<float[]> Predict(string model, string images, bool flip)
    {
        using MattingModel loaded = MattingModel.Load(model, new MattingModelOptions { Threads = 1 });
        string[] files = [.. Directory.GetFiles(images).Order(StringComparer.Ordinal)];
        PredictOptions options = new() { Tta = flip ? TestTimeAugmentation.Flip : TestTimeAugmentation.None };
        return [.. loaded.PredictFiles(files, (_, alpha) => alpha.Values.ToArray(), options, TestContext.Current.CancellationToken).Select(outcome => outcome.Result!)];
    }

    private static void AssertHasContent(string submission, IReadOnlyList<float[]> predictions)
    {
        using SubmissionDocument document = SubmissionDocument.Open(submission);
        Assert.Equal(predictions.Count, document.Entries.Count);
        foreach (SubmissionEntry entry in document.Entries)
        {
            byte[] mask = document.Read(entry).Pixels;
            Assert.InRange((double)mask.Count(value => value > 0) / mask.Length, 0.02, 0.999);
            Assert.True(mask.Distinct().Count() > 32, $"{entry.Name}: a mask of {mask.Distinct().Count()} levels shows little");
        }
    }

    private static string[] RowsOf(string submission)
    {
        using SubmissionDocument document = SubmissionDocument.Open(submission);
        return [.. document.Entries.Select(entry => entry.Name)];
    }

    private static void Run(params string[] args)
    {
        CliRun run = CliRun.Of(args);
        Assert.True(run.ExitCode == ExitCodes.Done, run.Error);
    }
}
