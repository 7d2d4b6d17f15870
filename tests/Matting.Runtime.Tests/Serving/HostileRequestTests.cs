using System.Text;
using Matting.Server;

namespace Matting.Runtime.Tests.Serving;

/// <summary>Requests that no decent client sends; after each the server still answers a decent one.</summary>
public sealed class HostileRequestTests : ServerTest
{
    public static TheoryData<string, string, string> Requests => new()
    {
        { "a form that ends in its head", Form("--b\r\nContent-Disposition: form-data; na"), "400" },
        { "a form without its end", Form("--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\nabc"), "400" },
        { "a form of another boundary", Form("--c\r\n\r\nabc\r\n--c--\r\n"), "400" },
        { "a form whose part has endless heads", Form("--b\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 5000))), "400" },
        { "a form whose part has no colon", Form("--b\r\nrubbish\r\n\r\nabc\r\n--b--\r\n"), "400" },
        { "a form without a boundary", Head("Content-Type: multipart/form-data", 3) + "abc", "400" },
        { "a form with an endless boundary", Head($"Content-Type: multipart/form-data; boundary={new string('b', 5000)}", 3) + "abc", "400" },
        { "a garbled content type", Head("Content-Type: ;;;=", 3) + "abc", "400" },
        { "a length of exabytes", "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000000000000000\r\n\r\n", "413" },
        { "a length beyond 64 bits", "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", "400" },
        { "a negative length", "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "400" },
        { "two lengths", "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "400" },
        { "chunks of no number", "POST /predict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc", "400" },
        { "a chunk of exabytes", "POST /predict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nabc", "4" },
        { "a head without end", "POST /predict HTTP/1.1\r\nHost: a\r\nX: " + new string('x', 100_000), "431" },
        { "a line without end", "POST /" + new string('x', 100_000), "414" },
        { "rubbish", "\u0000\u0001\u00ff\u00fe rubbish\r\n\r\n", "400" },
        { "a head with a null", "POST /predict HTTP/1.1\r\nHost: a\r\nX\u0000Y: b\r\n\r\n", "400" },
        { "no host", "POST /predict HTTP/1.1\r\n\r\n", "400" },
        { "a method that is not written in capitals", "hEAD /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "405" },
        { "TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", "" },
        { "nothing", "", "" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Broken_requests_get_an_error_or_no_answer(string what, string request, string status)
    {
        MattingServer server = await StartAsync();
        string answer = await RawAsync(server, request, half: status.Length == 0 || request.StartsWith("POST /predict", StringComparison.Ordinal) is false);
        Assert.True(answer.Length == 0 || answer.StartsWith($"HTTP/1.1 {status}", StringComparison.Ordinal), $"{what}: {answer}");
        await StillAnswersAsync(server);
    }

    [Fact]
    public async Task A_body_shorter_than_its_length_ends_with_the_connection()
    {
        MattingServer server = await StartAsync();
        string answer = await RawAsync(server, Head("Content-Type: image/png", 1000), Png()[..50]);
        Assert.DoesNotContain(" 200 ", answer, StringComparison.Ordinal);
        await StillAnswersAsync(server);
    }

    [Fact]
    public async Task A_slow_client_is_not_waited_for()
    {
        MattingServer server = await StartAsync(AnyPort with { UploadLimit = TimeSpan.FromMilliseconds(50) });
        Assert.StartsWith("HTTP/1.1 408", await RawAsync(server, Head("Content-Type: image/png", 1000), Png()[..50], half: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_cut_off_or_changed_in_a_picture_the_answer_is_a_picture_or_an_error_of_the_client()
    {
        const int Attempts = 200;
        MattingServer server = await StartAsync();
        byte[] picture = Png(24, 24);
        Random random = new(7);
        for (int i = 0; i < Attempts; i++)
        {
            byte[] bad = [.. picture[..random.Next(1, picture.Length + 1)]];
            for (int change = random.Next(4); change > 0; change--)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            using HttpResponseMessage response = await PostAsync(server, bad);
            Assert.Contains((int)response.StatusCode, new[] { 200, 413, 415, 422 });
        }
        await StillAnswersAsync(server);
    }

    private async Task StillAnswersAsync(MattingServer server)
    {
        using HttpResponseMessage response = await PostAsync(server, Png());
        Assert.True(response.IsSuccessStatusCode);
    }

    private static string Head(string type, int length) => $"POST /predict HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{type}\r\nContent-Length: {length}\r\n\r\n";

    private static string Form(string body) => Head("Content-Type: multipart/form-data; boundary=b", Encoding.Latin1.GetByteCount(body)) + body;
}
