using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matting.Testing;

namespace Matting.Runtime.Tests.Serving;

/// <summary>A page in a real Chromium, driven through its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly TempFolder _profile;
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private int _calls;
    private string? _session;

    private Browser(Process process, TempFolder profile) => (_process, _profile) = (process, profile);

    /// <summary>Opens an address; skips the running test where there is no Chromium.</summary>
    public static async Task<Browser> OpenAsync(Uri address, CancellationToken cancellation)
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "SKIPPED: there is no Chromium on this machine (Debian: apt-get install chromium)");
        TempFolder profile = new();
        string[] arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--window-size=1100,1000", $"--user-data-dir={profile.Path}", "about:blank"];
        Browser browser = new(Process.Start(new ProcessStartInfo(program!, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!, profile);
        try
        {
            await browser.ConnectAsync(address, cancellation);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of a JavaScript expression.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression, CancellationToken cancellation)
    {
        JsonObject result = await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true }, cancellation);
        Assert.False(result.ContainsKey("exceptionDetails"), result.ToJsonString());
        return result["result"]?["value"]?.DeepClone();
    }

    /// <summary>Chooses a file, as a person does in the dialogue.</summary>
    public async Task ChooseFileAsync(string selector, string file, CancellationToken cancellation)
    {
        JsonObject document = await CallAsync("DOM.getDocument", [], cancellation);
        JsonObject node = await CallAsync("DOM.querySelector", new() { ["nodeId"] = document["root"]!["nodeId"]!.DeepClone(), ["selector"] = selector }, cancellation);
        await CallAsync("DOM.setFileInputFiles", new() { ["files"] = new JsonArray(file), ["nodeId"] = node["nodeId"]!.DeepClone() }, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Dispose();
    }

    private async Task ConnectAsync(Uri address, CancellationToken cancellation)
    {
        const string Announcement = "DevTools listening on ";
        string? line;
        do
            line = await _process.StandardError.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("the browser ended before it was ready");
        while (!line.StartsWith(Announcement, StringComparison.Ordinal));
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        await _socket.ConnectAsync(new Uri(line[Announcement.Length..]), cancellation);
        JsonObject target = await CallAsync("Target.createTarget", new() { ["url"] = "about:blank" }, cancellation);
        JsonObject attached = await CallAsync("Target.attachToTarget", new() { ["targetId"] = target["targetId"]!.DeepClone(), ["flatten"] = true }, cancellation);
        _session = (string)attached["sessionId"]!;
        await CallAsync("Page.navigate", new() { ["url"] = address.AbsoluteUri }, cancellation);
        await EvaluateAsync("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))", cancellation);
    }

    private async Task<JsonObject> CallAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        int id = ++_calls;
        JsonObject call = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
            call["sessionId"] = _session;
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(call), WebSocketMessageType.Text, true, cancellation);
        while (true)
        {
            JsonObject message = JsonNode.Parse(await ReceiveAsync(cancellation))!.AsObject();
            if ((int?)message["id"] != id)
                continue;
            return message["result"]?.AsObject() ?? throw new InvalidOperationException(message.ToJsonString());
        }
    }

    private async Task<byte[]> ReceiveAsync(CancellationToken cancellation)
    {
        using MemoryStream message = new();
        byte[] buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            message.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return message.ToArray();
    }
}
