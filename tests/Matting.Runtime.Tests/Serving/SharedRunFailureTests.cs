using System.Net;
using Matting.Runtime.Tests.Prediction;
using Matting.Server;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Serving;

/// <summary>Requests that share a run with one whose picture the network fails on.</summary>
public sealed class SharedRunFailureTests : ServerTest
{
    [Fact]
    public async Task A_picture_that_the_network_fails_on_takes_no_other_request_with_it()
    {
        using MattingModel broken = MattingModel.Load(BrokenOutputTests.Broken("Div"), "broken.onnx", new MattingModelOptions { Profile = "unit" });
        List<string> reports = [];
        // a run waits until it is full: the three share one
        ServerOptions options = AnyPort with { BatchWait = TimeSpan.FromMinutes(5), Predict = new PredictOptions { Batch = 3 }, Report = reports.Add };
        MattingServer server = Keep(await MattingServer.StartAsync(broken, options, Cancellation));
        byte[] black = ImageFile.EncodePng(new PixelImage(5, 4, 3)), white = ImageFile.EncodePng(BrokenOutputTests.White(5, 4));
        HttpResponseMessage[] responses = await Task.WhenAll(PostAsync(server, white), PostAsync(server, black), PostAsync(server, white));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.InternalServerError, HttpStatusCode.OK], responses.Select(response => response.StatusCode));
        PixelImage alpha = ImageFile.ReadGrey(await responses[2].Content.ReadAsByteArrayAsync(Cancellation), "answer");
        Assert.All(alpha.Pixels, level => Assert.Equal(255, level));
        Assert.Contains("no numbers", Assert.Single(reports), StringComparison.Ordinal);
    }
}
