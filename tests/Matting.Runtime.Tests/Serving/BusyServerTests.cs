using System.Net;
using Matting.Runtime.Tests.TinyModels;
using Matting.Server;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Serving;

/// <summary>What happens while the network is busy; runs wait for the test, so nothing depends on time.</summary>
public sealed class BusyServerTests : ServerTest
{
    // longer than any test takes
    private static readonly TimeSpan Ever = TimeSpan.FromMinutes(10);

    private readonly GatedModel _gated = new();

    [Fact]
    public async Task A_full_queue_answers_503_and_when_to_come_again()
    {
        MattingServer server = await StartGatedAsync(AnyPort with { Queue = 2 });
        Task<HttpResponseMessage> first = PostAsync(server, Png());
        await _gated.BegunAsync(Cancellation);
        Task<HttpResponseMessage> second = PostAsync(server, Png());
        await QueueIsAsync(server, 2);
        using HttpResponseMessage refused = await PostAsync(server, Png());
        await IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "2 requests");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using HttpResponseMessage ready = await Client.GetAsync(new Uri(server.Address, "/ready"), Cancellation);
        await IsProblemAsync(ready, HttpStatusCode.ServiceUnavailable, "full");
        _gated.LetThrough(2);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], (await Task.WhenAll(first, second)).Select(response => response.StatusCode));
        await QueueIsAsync(server, 0);
        using HttpResponseMessage again = await Client.GetAsync(new Uri(server.Address, "/ready"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Requests_of_one_size_share_a_run_and_each_gets_its_own_answer()
    {
        const int Together = 4;
        MattingServer server = await StartGatedAsync(AnyPort with { BatchWait = Ever, Predict = new PredictOptions { Batch = Together } });
        _gated.LetThrough(1);
        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, Together).Select(seed => PostAsync(server, Png(20, 12, seed))));
        Assert.Equal([Together], _gated.Runs);
        for (int seed = 0; seed < Together; seed++)
            await IsRedOfAsync(responses[seed], Pictures.Rgb(20, 12, seed));
        string metrics = await Client.GetStringAsync(new Uri(server.Address, "/metrics"), Cancellation);
        Assert.Contains("matting_batch_pictures_sum{model=\"gated\"} 4\n", metrics, StringComparison.Ordinal);
        Assert.Contains("matting_batch_pictures_count{model=\"gated\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_of_other_sizes_or_options_do_not_share_a_run()
    {
        MattingServer server = await StartGatedAsync(AnyPort with { BatchWait = TimeSpan.FromMilliseconds(1), Predict = new PredictOptions { Batch = 8 } });
        _gated.LetThrough(4);
        HttpResponseMessage[] responses = await Task.WhenAll(PostAsync(server, Png()), PostAsync(server, Png(12, 20)), PostAsync(server, Png(), "?tta=flip"), PostAsync(server, Png(), "?post=calibrate"));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal([1, 1, 1, 1], _gated.Runs);
    }

    [Fact]
    public async Task A_run_stops_when_all_its_clients_have_gone()
    {
        MattingServer server = await StartGatedAsync(AnyPort);
        using CancellationTokenSource gone = new();
        Task<HttpResponseMessage> request = Client.PostAsync(new Uri(server.Address, "/predict"), Body(Png()), gone.Token);
        await _gated.BegunAsync(Cancellation);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await QueueIsAsync(server, 0);
        Assert.Equal([1], _gated.Cancelled);
        _gated.LetThrough(1);
        using HttpResponseMessage next = await PostAsync(server, Png());
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Contains("outcome=\"aborted\"} 1\n", await Client.GetStringAsync(new Uri(server.Address, "/metrics"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_waits_leaves_the_queue_with_its_client_and_is_never_run()
    {
        MattingServer server = await StartGatedAsync(AnyPort);
        Task<HttpResponseMessage> running = PostAsync(server, Png());
        await _gated.BegunAsync(Cancellation);
        using CancellationTokenSource gone = new();
        Task<HttpResponseMessage> waiting = Client.PostAsync(new Uri(server.Address, "/predict"), Body(Png()), gone.Token);
        await QueueIsAsync(server, 2);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await QueueIsAsync(server, 1);
        _gated.LetThrough(5);
        Assert.Equal(HttpStatusCode.OK, (await running).StatusCode);
        using HttpResponseMessage next = await PostAsync(server, Png());
        Assert.Equal([1, 1], _gated.Runs);
    }

    [Fact]
    public async Task A_server_that_stops_answers_what_is_in_the_house_and_nothing_else()
    {
        MattingServer server = await StartGatedAsync(AnyPort);
        Task<HttpResponseMessage>[] requests = [PostAsync(server, Png(seed: 1)), PostAsync(server, Png(seed: 2)), PostAsync(server, Png(seed: 3))];
        await _gated.BegunAsync(Cancellation);
        await QueueIsAsync(server, 3);
        Task<bool> stopped = server.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => PostUntilRefusedAsync(server));
        Assert.False(stopped.IsCompleted);
        _gated.LetThrough(3);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], (await Task.WhenAll(requests)).Select(response => response.StatusCode));
        Assert.True(await stopped);
    }

    [Fact]
    public async Task A_server_does_not_wait_for_ever()
    {
        MattingServer server = await StartGatedAsync(AnyPort with { DrainLimit = TimeSpan.FromMilliseconds(50) });
        Task<HttpResponseMessage> request = PostAsync(server, Png());
        await _gated.BegunAsync(Cancellation);
        Assert.False(await server.StopAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => request);
    }

    [Fact]
    public async Task A_failure_of_the_network_is_the_servers_and_is_reported_without_its_words_to_the_client()
    {
        List<string> reports = [];
        MattingServer server = await StartGatedAsync(AnyPort with { Report = reports.Add });
        _gated.Dispose();
        using HttpResponseMessage response = await PostAsync(server, Png());
        await IsProblemAsync(response, HttpStatusCode.InternalServerError, "the server failed");
        Assert.Contains("ObjectDisposedException", Assert.Single(reports), StringComparison.Ordinal);
    }

    private async Task<MattingServer> StartGatedAsync(ServerOptions options) => Keep(await MattingServer.StartAsync(_gated.Shelf, options, Cancellation));

    private async Task QueueIsAsync(MattingServer server, int length)
    {
        // what is waited for is certain to come: the test's own time limit ends it otherwise
        while (!(await Client.GetStringAsync(new Uri(server.Address, "/metrics"), Cancellation)).Contains($"\nmatting_queue_length {length}\n", StringComparison.Ordinal))
            await Task.Yield();
    }

    private async Task PostUntilRefusedAsync(MattingServer server)
    {
        while (true)
        {
            using HttpResponseMessage response = await PostAsync(server, Png());
            await IsProblemAsync(response, HttpStatusCode.ServiceUnavailable, "stopping");
        }
    }

    private static async Task IsRedOfAsync(HttpResponseMessage response, PixelImage picture)
    {
        PixelImage alpha = ImageFile.ReadGrey(await response.Content.ReadAsByteArrayAsync(Cancellation), "answer");
        Assert.Equal(Enumerable.Range(0, alpha.Pixels.Length).Select(i => picture.Pixels[3 * i]), alpha.Pixels);
    }
}
