using System.Net;
using System.Net.Sockets;
using System.Text;
using Matting.CommandLine;
using Matting.Runtime.Tests.Cli;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Serving;

/// <summary>Two thousand requests, sixteen at a time, good ones among aborted and broken ones, to a server of its own process.</summary>
public sealed class ServerSoakTests : CliTest
{
    private const int Requests = 2000;
    private const int AtOnce = 16;

    // the first part fills pools and compiles code; from then on memory has to stay where it is
    private const int WarmUp = 800;

    // what a garbage collector of a process of about 100 MiB may keep more at one moment than at another
    private const long Slack = 48L << 20;

    private static readonly (int Width, int Height)[] Sizes = [(20, 12), (64, 48), (200, 150), (33, 77), (1, 1)];

    private readonly (byte[] Png, byte[] Alpha, byte[] Mirrored, byte[] Cutout)[] _pictures = new (byte[], byte[], byte[], byte[])[Sizes.Length];

    [Fact]
    public async Task Every_good_request_is_answered_right_and_nothing_is_leaked()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: memory and descriptors of a process are read from /proc");
        Signals.SkipUnlessTaken("TERM");
        Prepare();
        using ServerProcess server = await ServerProcess.StartAsync(Model, "--batch", "4", "--batch-wait", "1", "--max-body", "1");
        int sockets = server.OpenSockets;
        await SendAsync(server, 0, WarmUp);
        int descriptors = await DescriptorsAtRestAsync(server, sockets);
        long memory = server.ResidentMemory;
        await SendAsync(server, WarmUp, Requests);
        Assert.InRange(server.ResidentMemory, 0, memory + Slack);
        Assert.InRange(await DescriptorsAtRestAsync(server, sockets), 0, descriptors);
        (int exitCode, string error) = await server.TerminateAsync();
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.DoesNotContain("error", error, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private void Prepare()
    {
        using MattingModel model = MattingModel.Load(Model);
        PredictOptions flip = new() { Tta = TestTimeAugmentation.Flip };
        for (int i = 0; i < Sizes.Length; i++)
        {
            PixelImage picture = Pictures.Rgb(Sizes[i].Width, Sizes[i].Height, i);
            _pictures[i] = (
                ImageFile.EncodePng(picture), model.Predict(picture, null, Cancellation).Pixels, model.Predict(picture, flip, Cancellation).Pixels,
                model.Predict(picture, new ResultOptions { Kind = ResultKind.Cutout }, null, Cancellation).Pixels);
        }
    }

    private async Task SendAsync(ServerProcess server, int from, int to)
    {
        using HttpClient client = new();
        await Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation }, async (index, _) =>
        {
            byte[] picture = _pictures[index % Sizes.Length].Png;
            Uri address = new(server.Address, "/predict");
            await ((index % 20) switch
            {
                0 => FailsAsync(client, address, new ByteArrayContent(picture[..(picture.Length / 2)]), 415, 422),
                1 => FailsAsync(client, address, new ByteArrayContent(Encoding.UTF8.GetBytes($"no picture, number {index}")), 415),
                2 => FailsAsync(client, address, Form("--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\nabc"), 400),
                3 => FailsAsync(client, address, new ByteArrayContent(new byte[(1 << 20) + 1]), 413),
                4 => FailsAsync(client, new Uri(address, "?size=17"), new ByteArrayContent(picture), 400),
                5 => AbortAsync(server, picture, picture.Length / 2),
                6 => AbortAsync(server, picture, picture.Length),
                7 => AbortAsync(server, picture, 0),
                _ => SucceedsAsync(client, address, index),
            });
        });
    }

    private async Task SucceedsAsync(HttpClient client, Uri address, int index)
    {
        (byte[] png, byte[] alpha, byte[] mirrored, byte[] cutout) = _pictures[index % Sizes.Length];
        string query = (index % 3) switch { 0 => "?tta=flip", 1 => "?kind=cutout", _ => "" };
        using HttpContent content = index % 2 == 0 ? new ByteArrayContent(png) : new MultipartFormDataContent { { new ByteArrayContent(png), "picture", "a.png" } };
        using HttpResponseMessage response = await client.PostAsync(new Uri(address, query), content, Cancellation);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, Encoding.UTF8.GetString(answer));
        if (query.Contains("cutout", StringComparison.Ordinal))
            Assert.Equal(cutout, ImageFile.ReadRgba(answer, "answer").Pixels);
        else
            Assert.Equal(query.Length > 0 ? mirrored : alpha, ImageFile.ReadGrey(answer, "answer").Pixels);
    }

    private static async Task FailsAsync(HttpClient client, Uri address, HttpContent content, params int[] statuses)
    {
        using (content)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = content };
            // a client that asks first is never cut off while it sends what is refused
            request.Headers.ExpectContinue = true;
            using HttpResponseMessage response = await client.SendAsync(request, Cancellation);
            Assert.Contains((int)response.StatusCode, statuses);
        }
    }

    private static async Task AbortAsync(ServerProcess server, byte[] picture, int sent)
    {
        using TcpClient client = new();
        // closing resets the connection, as a killed client's system does
        client.LingerState = new LingerOption(true, 0);
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: {picture.Length}\r\n\r\n"), Cancellation);
        await client.GetStream().WriteAsync(picture.AsMemory(0, sent), Cancellation);
    }

    private static ByteArrayContent Form(string text)
    {
        ByteArrayContent content = new(Encoding.ASCII.GetBytes(text));
        content.Headers.Add("Content-Type", "multipart/form-data; boundary=b");
        return content;
    }

    // closed connections end on the server a moment later: waits until only the one that asks is left
    private static async Task<int> DescriptorsAtRestAsync(ServerProcess server, int sockets)
    {
        using HttpClient client = new();
        while (true)
        {
            string metrics = await client.GetStringAsync(new Uri(server.Address, "/metrics"), Cancellation);
            int descriptors = server.OpenDescriptors;
            if (metrics.Contains("\nmatting_queue_length 0\n", StringComparison.Ordinal) && server.OpenSockets <= sockets + 1)
                return descriptors;
            await Task.Yield();
        }
    }
}
