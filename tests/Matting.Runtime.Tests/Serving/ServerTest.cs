using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Matting.Runtime.Tests.TinyModels;
using Matting.Server;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Serving;

/// <summary>A test class of the server: a model of open size behind a server of this process, and ways to talk to it.</summary>
public abstract class ServerTest : IAsyncLifetime
{
    private protected static readonly ServerOptions AnyPort = new() { Port = 0, Patience = TimeSpan.Zero };

    private readonly List<IAsyncDisposable> _servers = [];

    private protected MattingModel Model { get; } = MattingModel.Load(MattingSmall.WithCard(), "small");

    private protected HttpClient Client { get; } = new();

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (IAsyncDisposable server in _servers)
            await server.DisposeAsync();
        Model.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<MattingServer> StartAsync(ServerOptions? options = null) =>
        Keep(await MattingServer.StartAsync(Model, options ?? AnyPort, Cancellation));

    private protected MattingServer Keep(MattingServer server)
    {
        _servers.Add(server);
        return server;
    }

    private protected static byte[] Png(int width = 20, int height = 12, long seed = 1) => ImageFile.EncodePng(Pictures.Rgb(width, height, seed));

    private protected static ByteArrayContent Body(byte[] content, string? type = "image/png")
    {
        ByteArrayContent body = new(content);
        if (type is not null)
            body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return body;
    }

    private protected Task<HttpResponseMessage> PostAsync(MattingServer server, byte[] picture, string query = "", string? type = "image/png") =>
        Client.PostAsync(new Uri(server.Address, "/predict" + query), Body(picture, type), Cancellation);

    /// <summary>Sends bytes as they are and reads all that comes back until the server ends the connection.</summary>
    private protected static async Task<string> RawAsync(MattingServer server, string head, byte[]? body = null, bool half = true)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancellation);
        NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head), Cancellation);
            await stream.WriteAsync(body ?? [], Cancellation);
            if (half)
                client.Client.Shutdown(SocketShutdown.Send);
            using StreamReader reader = new(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync(Cancellation);
        }
        catch (IOException)
        {
            // reset: the server wants no more of it
            return "";
        }
    }

    /// <summary>Asserts an answer with problem details of this status, whose text has these parts.</summary>
    private protected static async Task IsProblemAsync(HttpResponseMessage response, HttpStatusCode status, params string[] parts)
    {
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        using JsonDocument problem = JsonDocument.Parse(text);
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.RootElement.GetProperty("title").GetString());
        string detail = problem.RootElement.GetProperty("detail").GetString()!;
        Assert.All(parts, part => Assert.Contains(part, detail, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', detail);
    }
}
