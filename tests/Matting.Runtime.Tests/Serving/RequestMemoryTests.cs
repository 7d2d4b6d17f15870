using System.Net;
using System.Net.Sockets;
using System.Text;
using Matting.Server;

namespace Matting.Runtime.Tests.Serving;

/// <summary>Requests that together want more memory than the server gives them.</summary>
public sealed class RequestMemoryTests : ServerTest
{
    // a picture of 100 x 100 counts 240,000 bytes for its alpha and 560,000 for a cut-out: one alpha at a time fits
    private static readonly ServerOptions Narrow = AnyPort with { MaxBody = 50_000, MaxMemory = 400_000 };

    private readonly GatedModel _gated = new();

    [Fact]
    public async Task A_picture_waits_undecoded_until_there_is_memory_for_it()
    {
        MattingServer server = await StartGatedAsync(Narrow);
        Task<HttpResponseMessage> first = PostAsync(server, Png(100, 100));
        await _gated.BegunAsync(Cancellation);
        Task<HttpResponseMessage> second = PostAsync(server, Png(100, 100, 2));
        // the second one's bytes are there and stay, the first one's have become a picture
        await MetricsSayAsync(server, "matting_queue_length 2", "matting_request_memory_bytes{for=\"uploads\"} 50001", "matting_request_memory_bytes{for=\"pictures\"} 240000");
        _gated.LetThrough(2);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], (await Task.WhenAll(first, second)).Select(response => response.StatusCode));
        await MetricsSayAsync(server, "matting_request_memory_bytes{for=\"uploads\"} 0", "matting_request_memory_bytes{for=\"pictures\"} 0");
    }

    [Fact]
    public async Task A_client_that_goes_while_it_waits_for_memory_leaves_nothing_behind()
    {
        MattingServer server = await StartGatedAsync(Narrow);
        Task<HttpResponseMessage> running = PostAsync(server, Png(100, 100));
        await _gated.BegunAsync(Cancellation);
        using CancellationTokenSource gone = new();
        Task<HttpResponseMessage> waiting = Client.PostAsync(new Uri(server.Address, "/predict"), Body(Png(100, 100)), gone.Token);
        await MetricsSayAsync(server, "matting_queue_length 2");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await MetricsSayAsync(server, "matting_queue_length 1", "matting_request_memory_bytes{for=\"uploads\"} 0");
        _gated.LetThrough(1);
        Assert.Equal(HttpStatusCode.OK, (await running).StatusCode);
    }

    [Fact]
    public async Task A_picture_that_never_fits_is_too_large_and_others_are_answered()
    {
        MattingServer server = await StartAsync(Narrow);
        using HttpResponseMessage alpha = await PostAsync(server, Png(100, 100));
        Assert.Equal(HttpStatusCode.OK, alpha.StatusCode);
        using HttpResponseMessage larger = await PostAsync(server, Flat(130, 100));
        await IsProblemAsync(larger, HttpStatusCode.RequestEntityTooLarge, "304.7 KiB", "293 KiB");
        using HttpResponseMessage colours = await PostAsync(server, Flat(80, 100), "?kind=cutout");
        await IsProblemAsync(colours, HttpStatusCode.RequestEntityTooLarge, "for pictures");
        await MetricsSayAsync(server, "matting_request_memory_bytes{for=\"pictures\"} 0");
    }

    [Fact]
    public async Task Senders_that_find_the_memory_for_uploads_taken_are_answered_503()
    {
        MattingServer server = await StartAsync(Narrow);
        // two bodies of the largest size, and one byte each to tell a larger one, are more than a quarter
        using (TcpClient slow = await SendPartAsync(server))
        {
            await MetricsSayAsync(server, "matting_request_memory_bytes{for=\"uploads\"} 50001");
            using HttpResponseMessage refused = await PostAsync(server, Png());
            await IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "memory for uploads");
            Assert.NotNull(refused.Headers.RetryAfter);
        }
        await MetricsSayAsync(server, "matting_queue_length 0", "matting_request_memory_bytes{for=\"uploads\"} 0");
        using HttpResponseMessage answered = await PostAsync(server, Png());
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task The_memory_holds_at_least_one_body_of_the_largest_size()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StartAsync(AnyPort with { MaxBody = 50_000, MaxMemory = 399_999 }));
        MattingServer server = await StartAsync(Narrow);
        using HttpResponseMessage whole = await PostAsync(server, [.. Png(), .. new byte[50_000 - Png().Length]]);
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
    }

    private static byte[] Flat(int width, int height) => Matting.Shared.Imaging.ImageFile.EncodePng(new(width, height, 3));

    private async Task<MattingServer> StartGatedAsync(ServerOptions options) => Keep(await MattingServer.StartAsync(_gated.Shelf, options, Cancellation));

    private static async Task<TcpClient> SendPartAsync(MattingServer server)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\n\r\nbegin"), Cancellation);
        return client;
    }

    // what is waited for is certain to come: the test's own time limit ends it otherwise
    private async Task MetricsSayAsync(MattingServer server, params string[] lines)
    {
        string text;
        do
            text = await Client.GetStringAsync(new Uri(server.Address, "/metrics"), Cancellation);
        while (lines.Any(line => !text.Contains($"\n{line}\n", StringComparison.Ordinal)));
    }
}
