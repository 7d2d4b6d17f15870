using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Matting.Runtime.Tests.TinyModels;
using Matting.Server;
using Matting.Server.Work;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Serving;

/// <summary>One server, several models; which one answered is seen by its size.</summary>
public sealed class ServedModelsTests : ServerTest
{
    private const string AtItsSize = "result-size=network";

    private readonly TempFolder _folder = new();
    private readonly MattingModelCache _cache = new();
    private readonly MattingModelCache _small = new(new() { MostModels = 1 });

    // the servers end first
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _cache.Dispose();
        _small.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_request_chooses_its_model_by_name_and_the_first_is_for_those_that_do_not()
    {
        MattingServer server = await StartAsync(_cache, Write("people", 16), Write("small things", 48));
        Assert.Equal(16, await SideAsync(server, ""));
        Assert.Equal(48, await SideAsync(server, "&model=small%20things"));
        Assert.Equal(16, await SideAsync(server, "&model=people"));
    }

    [Theory]
    [InlineData("?model=cats", HttpStatusCode.NotFound, "cats", "people, things")]
    [InlineData("?model=", HttpStatusCode.NotFound, "people, things")]
    [InlineData("?model=People", HttpStatusCode.NotFound, "People")]
    [InlineData("?model=..%2Fpeople", HttpStatusCode.NotFound, "../people")]
    [InlineData("?model=people&model=things", HttpStatusCode.BadRequest, "model is given 2 times")]
    [InlineData("?model=people&size=48", HttpStatusCode.BadRequest, "16x16 only")]
    public async Task A_model_that_is_not_offered_is_a_problem_that_names_those_that_are(string query, HttpStatusCode status, params string[] parts)
    {
        MattingServer server = await StartAsync(_cache, Write("people", 16), Write("things", 48));
        using HttpResponseMessage response = await PostAsync(server, Png(), query);
        await IsProblemAsync(response, status, parts);
    }

    [Fact]
    public async Task In_a_browser_the_model_is_chosen_from_a_list()
    {
        MattingServer server = await StartAsync(_cache, Write("people", 16), Write("things & <others>", 48));
        string picture = Pictures.File(_folder, "photo.png", 40, 30);
        await using Browser browser = await Browser.OpenAsync(server.Address, Cancellation);
        await browser.ChooseFileAsync("#file", picture, Cancellation);
        await browser.EvaluateAsync("(m => { m.selectedIndex = 1; m.dispatchEvent(new Event('change')); })(document.getElementById('model'))", Cancellation);
        Assert.Equal("things & <others>", (string?)await browser.EvaluateAsync("document.getElementById('model').value", Cancellation));
        await browser.EvaluateAsync("new Promise(done => { const look = () => document.body.dataset.state === 'done' ? done() : requestAnimationFrame(look); look(); })", Cancellation);
        string metrics = await Client.GetStringAsync(new Uri(server.Address, "/metrics"), Cancellation);
        Assert.Contains("matting_requests_total{model=\"things & <others>\",outcome=\"ok\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_models_are_listed_and_counted_one_by_one()
    {
        MattingServer server = await StartAsync(_cache, Write("people", 16), Write("things", 48));
        using JsonDocument list = JsonDocument.Parse(await Client.GetStringAsync(new Uri(server.Address, "/models"), Cancellation));
        Assert.Equal("people", list.RootElement.GetProperty("default").GetString());
        Assert.Equal(["people", "things"], list.RootElement.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        Assert.Equal(48, await SideAsync(server, "&model=things"));
        Assert.Equal(48, await SideAsync(server, "&model=things"));
        using HttpResponseMessage unknown = await PostAsync(server, Png(), "?model=cats");
        string metrics = await Client.GetStringAsync(new Uri(server.Address, "/metrics"), Cancellation);
        Assert.Contains("matting_info{model=\"people\",provider=\"CPUExecutionProvider\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("matting_requests_total{model=\"people\",outcome=\"ok\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("matting_requests_total{model=\"things\",outcome=\"ok\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("matting_requests_total{model=\"\",outcome=\"bad_request\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("matting_request_seconds_count{model=\"things\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("matting_batch_pictures_bucket{model=\"things\",le=\"1\"} 2\n", metrics, StringComparison.Ordinal);
        // described once, whatever the number of models
        Assert.Single(metrics.Split('\n'), line => line == "# TYPE matting_request_seconds histogram");
    }

    [Fact]
    public async Task Models_that_do_not_fit_into_memory_together_take_turns()
    {
        List<string> loaded = [];
        MattingServer server = Keep(await MattingServer.StartAsync(
            _small, [Write("people", 16), Write("things", 48)], null, AnyPort with { Loaded = model => loaded.Add(Path.GetFileName(model.Name)) }, Cancellation));
        Assert.Equal(["people.onnx", "things.onnx"], loaded);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(16, await SideAsync(server, "&model=people"));
            Assert.Equal(48, await SideAsync(server, "&model=things"));
            Assert.Equal(1, _small.Count);
        }
        int[] sides = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => SideAsync(server, i % 2 == 0 ? "&model=people" : "&model=things")));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? 16 : 48), sides);
    }

    [Fact]
    public async Task A_model_file_that_is_replaced_answers_from_the_next_request_on()
    {
        MattingServer server = await StartAsync(_cache, Write("people", 16));
        Assert.Equal(16, await SideAsync(server, ""));
        Write("people", 64);
        Assert.Equal(64, await SideAsync(server, ""));
        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public async Task A_model_file_that_is_spoilt_is_the_servers_failure_until_it_is_mended()
    {
        ConcurrentQueue<string> reports = [];
        MattingServer server = Keep(await MattingServer.StartAsync(
            _cache, [Write("people", 16), Write("things", 48)], null, AnyPort with { Report = reports.Enqueue }, Cancellation));
        _folder.Text("people.onnx", "no model");
        using HttpResponseMessage response = await PostAsync(server, Png());
        await IsProblemAsync(response, HttpStatusCode.InternalServerError, "the server failed");
        Assert.Contains("people cannot be loaded any more", Assert.Single(reports), StringComparison.Ordinal);
        Assert.Equal(48, await SideAsync(server, "&model=things"));
        Write("people", 16);
        Assert.Equal(16, await SideAsync(server, ""));
    }

    [Fact]
    public async Task Runs_of_several_models_follow_each_other_and_are_not_mixed()
    {
        using GatedModel people = new(), things = new();
        ModelShelf shelf = new([ModelOffer.Of("people", "test", people), ModelOffer.Of("things", "test", things)]);
        MattingServer server = Keep(await MattingServer.StartAsync(shelf, AnyPort with { Predict = new PredictOptions { Batch = 4 }, BatchWait = TimeSpan.Zero }, Cancellation));
        Task<HttpResponseMessage> first = PostAsync(server, Png(), "?model=people");
        await people.BegunAsync(Cancellation);
        Task<HttpResponseMessage> second = PostAsync(server, Png(), "?model=things"), third = PostAsync(server, Png(), "?model=things");
        while (!(await Client.GetStringAsync(new Uri(server.Address, "/metrics"), Cancellation)).Contains("\nmatting_queue_length 3\n", StringComparison.Ordinal))
            await Task.Yield();
        Assert.Empty(things.Runs);
        people.LetThrough(1);
        things.LetThrough(2);
        foreach (HttpResponseMessage response in await Task.WhenAll(first, second, third))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([1], people.Runs);
        Assert.Equal(2, things.Runs.Sum());
    }

    [Fact]
    public async Task Models_that_cannot_be_offered_are_refused_at_the_start()
    {
        Directory.CreateDirectory(_folder.File("other"));
        string people = Write("people", 16), again = Write("other/people", 16);
        NameCollisionException collision = await Assert.ThrowsAsync<NameCollisionException>(() => StartAsync(_cache, people, again));
        Assert.Equal((people, again, "people"), (collision.First, collision.Second, collision.Result));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StartAsync(_cache));
        await Assert.ThrowsAsync<MattingModelException>(() => StartAsync(_cache, people, _folder.File("none.onnx")));
        // what was loaded on the way is in the cache and in nobody's hands: it can go
        _cache.Dispose();
    }

    private async Task<MattingServer> StartAsync(MattingModelCache cache, params string[] files) =>
        Keep(await MattingServer.StartAsync(cache, files, new MattingModelOptions { Threads = 1 }, AnyPort, Cancellation));

    private async Task<int> SideAsync(MattingServer server, string query)
    {
        using HttpResponseMessage response = await PostAsync(server, Png(), $"?{AtItsSize}{query}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return ImageFile.Identify(await response.Content.ReadAsByteArrayAsync(Cancellation), "answer").Width;
    }

    private string Write(string name, int side)
    {
        string file = _folder.File($"{name}.onnx");
        // written aside and renamed, as it should be done under a server
        File.WriteAllBytes(file + ".new", MattingSmall.WithCard(side, side));
        File.Move(file + ".new", file, overwrite: true);
        return file;
    }
}
