using System.Net;
using System.Text;
using Matting.CommandLine;
using Matting.Runtime.Tests.Cli;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Serving;

/// <summary>The settings of a model that a server takes from its command line.</summary>
public sealed class ServedSettingsTests : CliTest
{
    private const int Channels = 64;

    [Fact]
    public async Task An_export_of_another_remover_is_served_with_its_preset()
    {
        Signals.SkipUnlessTaken("TERM");
        string file = Folder.File("birefnet.onnx");
        await File.WriteAllBytesAsync(file, new ForeignGraph { Logits = true, Shape = [1, 3, 32, 32] }.ToBytes(), TestContext.Current.CancellationToken);
        PixelImage picture = Pictures.Rgb(32, 32);
        using ServerProcess server = await ServerProcess.StartAsync(file, "--preset", "birefnet");
        (HttpStatusCode status, byte[] answer) = await PostAsync(server, picture);
        Assert.Equal(HttpStatusCode.OK, status);
        float[] expected = MattingSmall.Twin(picture, NormalisationProfile.Imagenet);
        byte[] alpha = ImageFile.ReadGrey(answer, "answer").Pixels;
        // one level: float32 of another order may fall on the other side of a whole level
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(Math.Abs(alpha[i] - (int)(expected[i] * 255)), 0, 1);
        await server.TerminateAsync();
    }

    [Fact]
    public async Task A_picture_that_needs_more_memory_than_the_limit_is_refused_and_the_next_is_answered()
    {
        Signals.SkipUnlessTaken("TERM");
        // 64 channels of float32 at 512x512 are 64 MiB
        float[] weights = [.. Enumerable.Range(0, Channels * 3).Select(i => ((i % 7) - 3) / 8f)];
        string file = Folder.File("wide.onnx");
        await File.WriteAllBytesAsync(file, new TinyModel()
            .Input("image", TinyModel.Float, "N", 3, "H", "W").Output("alpha", TinyModel.Float, "N", 1, "H", "W")
            .Weights("weights", weights, Channels, 3, 1, 1)
            .Node("Conv", ["image", "weights"], ["wide"], ("kernel_shape", new long[] { 1, 1 }))
            .Node("Sigmoid", ["wide"], ["squashed"])
            .Node("ReduceMean", ["squashed"], ["alpha"], ("axes", new long[] { 1 }), ("keepdims", 1L))
            .Properties(MattingSmall.Card(null, null).ToMetadata()).ToBytes(), TestContext.Current.CancellationToken);
        using ServerProcess server = await ServerProcess.StartAsync(file, "--memory-limit", "48MiB");
        (HttpStatusCode refused, byte[] problem) = await PostAsync(server, Pictures.Rgb(512, 512));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused);
        Assert.Contains("needs more memory than it may take", Encoding.UTF8.GetString(problem), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server, Pictures.Rgb(64, 64))).Status);
        (int exitCode, _) = await server.TerminateAsync();
        Assert.Equal(ExitCodes.Done, exitCode);
    }

    private static async Task<(HttpStatusCode Status, byte[] Body)> PostAsync(ServerProcess server, PixelImage picture)
    {
        using HttpClient client = new();
        using ByteArrayContent body = new(ImageFile.EncodePng(picture));
        using HttpResponseMessage response = await client.PostAsync(new Uri(server.Address, "/predict"), body, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
