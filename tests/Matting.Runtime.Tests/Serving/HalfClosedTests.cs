using System.Net;
using System.Net.Sockets;
using System.Text;
using Matting.Runtime.Tests.TinyModels;
using Matting.Server;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Serving;

/// <summary>Clients that say all they have to say, close their side of the connection, and wait for the answer.</summary>
public sealed class HalfClosedTests : ServerTest
{
    private const string Interim = "HTTP/1.1 100 Continue\r\n\r\n";

    private readonly GatedModel _gated = new();

    [Theory]
    [InlineData("Content-Type: image/png")]
    [InlineData("Connection: close\r\nContent-Type: image/png")]
    [InlineData("Content-Type: multipart/form-data; boundary=b")]
    public async Task They_get_their_answer(string head)
    {
        MattingServer server = await StartAsync(AnyPort with { Patience = TimeSpan.FromHours(1) });
        byte[] body = head.Contains("multipart", StringComparison.Ordinal)
            ? [.. "--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\n"u8, .. Png(), .. "\r\n--b--\r\n"u8]
            : Png();
        IsPicture(await RawAsync(server, $"POST /predict HTTP/1.1\r\nHost: a\r\n{head}\r\nContent-Length: {body.Length}\r\n\r\n", body), Model.Predict(Pictures.Rgb(20, 12), null, Cancellation));
    }

    [Fact]
    public async Task They_get_it_too_when_it_takes_long_after_being_asked_whether_they_are_there()
    {
        MattingServer server = await StartGatedAsync();
        Task<string> answer = RawAsync(server, Head(Png().Length), Png());
        await _gated.BegunAsync(Cancellation);
        _gated.LetThrough(1);
        string text = await answer;
        IsPicture(text.StartsWith(Interim, StringComparison.Ordinal) ? text[Interim.Length..] : text, Red());
    }

    [Fact]
    public async Task The_question_whether_they_are_there_is_the_interim_answer_of_HTTP_and_comes_once()
    {
        MattingServer server = await StartGatedAsync();
        using TcpClient client = await SendAsync(server, Head(Png().Length), Png());
        NetworkStream stream = client.GetStream();
        client.Client.Shutdown(SocketShutdown.Send);
        byte[] interim = new byte[Interim.Length];
        await stream.ReadExactlyAsync(interim, Cancellation);
        Assert.Equal(Interim, Encoding.Latin1.GetString(interim));
        await _gated.BegunAsync(Cancellation);
        _gated.LetThrough(1);
        using StreamReader reader = new(stream, Encoding.Latin1);
        IsPicture(await reader.ReadToEndAsync(Cancellation), Red());
    }

    [Fact]
    public async Task Old_clients_are_not_asked()
    {
        MattingServer server = await StartGatedAsync();
        Task<string> answer = RawAsync(server, Head(Png().Length).Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal), Png());
        await _gated.BegunAsync(Cancellation);
        _gated.LetThrough(1);
        IsPicture(await answer, Red());
    }

    [Fact]
    public async Task Two_requests_before_the_end_are_both_answered()
    {
        MattingServer server = await StartGatedAsync();
        _gated.LetThrough(2);
        string both = await RawAsync(server, Head(Png().Length), [.. Png(), .. Encoding.Latin1.GetBytes(Head(Png().Length)), .. Png()]);
        Assert.Equal(2, both.Split("HTTP/1.1 200 OK").Length - 1);
    }

    [Fact]
    public async Task One_that_has_gone_altogether_is_not_worked_for()
    {
        MattingServer server = await StartGatedAsync();
        using (await SendAsync(server, Head(Png().Length), Png()))
            await _gated.BegunAsync(Cancellation);
        // what is waited for is certain to come: the test's own time limit ends it otherwise
        while (_gated.Cancelled.IsEmpty)
            await Task.Yield();
        Assert.Equal([1], _gated.Cancelled);
    }

    [Fact]
    public async Task A_body_that_is_not_whole_ends_with_the_connection()
    {
        MattingServer server = await StartAsync();
        Assert.Equal("", await RawAsync(server, Head(1000), Png()[..50]));
    }

    private async Task<MattingServer> StartGatedAsync() => Keep(await MattingServer.StartAsync(_gated.Shelf, AnyPort, Cancellation));

    private static string Head(int length) => $"POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: {length}\r\n\r\n";

    private static async Task<TcpClient> SendAsync(MattingServer server, string head, byte[] body)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancellation);
        await client.GetStream().WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. body], Cancellation);
        return client;
    }

    private static PixelImage Red()
    {
        PixelImage picture = Pictures.Rgb(20, 12);
        return new PixelImage(20, 12, 1, [.. Enumerable.Range(0, 240).Select(i => picture.Pixels[3 * i])]);
    }

    private static void IsPicture(string answer, PixelImage expected)
    {
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        byte[] content = Encoding.Latin1.GetBytes(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(expected.Pixels, ImageFile.ReadGrey(content, "answer").Pixels);
    }
}
