using System.Net;
using System.Net.Sockets;
using Matting.CommandLine;
using Matting.Runtime.Tests.Cli;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Serving;

public sealed class ServeCommandTests : CliTest
{
    [Fact]
    public async Task The_command_prints_its_address_answers_and_ends_well_on_SIGTERM()
    {
        Signals.SkipUnlessTaken("TERM");
        using ServerProcess server = await ServerProcess.StartAsync(Model);
        using HttpClient client = new();
        using ByteArrayContent body = new(ImageFile.EncodePng(Pictures.Rgb(20, 12)));
        using HttpResponseMessage response = await client.PostAsync(new Uri(server.Address, "/predict"), body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        (int exitCode, string error) = await server.TerminateAsync();
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Matches(@"loaded in [\d.]+ m?s\nwarmed up: the first run took [\d.]+ m?s\n", error);
        Assert.EndsWith("stopping: no new requests; those in the house are answered\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error_of_one_line()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";
        CliRun.Of("serve", "--model", Model, "--port", port).FailsWith(ExitCodes.Failed, port, "in use");
    }

    [Theory]
    [InlineData("--port", "65536")]
    [InlineData("--port", "http")]
    [InlineData("--host", "example.com")]
    [InlineData("--queue", "0")]
    [InlineData("--batch-wait", "-1")]
    [InlineData("--max-body", "0")]
    [InlineData("--max-memory", "0")]
    [InlineData("--max-memory", "255")]
    [InlineData("--drain", "0")]
    public void Options_out_of_range_are_errors_of_usage(string option, string value) =>
        CliRun.Of("serve", "--model", Model, option, value).FailsWith(ExitCodes.Usage, option, value);

    [Fact]
    public void A_model_that_is_missing_is_an_error_before_anything_is_served() =>
        CliRun.Of("serve", "--model", Folder.File("none.onnx"), "--port", "0").FailsWith(ExitCodes.Failed, "none.onnx");

    [Fact]
    public async Task Several_models_are_served_and_the_help_says_how()
    {
        Signals.SkipUnlessTaken("TERM");
        string other = Folder.File("other.onnx");
        File.WriteAllBytes(other, MattingSmall.WithCard(48, 48));
        using ServerProcess server = await ServerProcess.StartAsync(Model, "--model", other, "--max-loaded", "1");
        using HttpClient client = new();
        foreach ((string query, int side) in new[] { ("", Side), ("&model=other", 48), ("&model=model", Side) })
        {
            using ByteArrayContent body = new(ImageFile.EncodePng(Pictures.Rgb(20, 12)));
            using HttpResponseMessage response = await client.PostAsync(new Uri(server.Address, "/predict?result-size=network" + query), body, TestContext.Current.CancellationToken);
            Assert.Equal(side, ImageFile.Identify(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), "answer").Height);
        }
        (int exitCode, string error) = await server.TerminateAsync();
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(2, error.Split('\n').Count(line => line.StartsWith("warmed up", StringComparison.Ordinal)));
        Assert.Contains("?model=NAME", CliRun.Of("serve", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_of_one_name_are_an_error_before_anything_is_loaded()
    {
        Directory.CreateDirectory(Folder.File("again"));
        File.Copy(Model, Folder.File("again", "model.onnx"));
        CliRun run = CliRun.Of("serve", "--model", Model, "--model", Folder.File("again", "model.onnx"), "--port", "0");
        run.FailsWith(ExitCodes.Failed, "model", "rename one of them");
        Assert.DoesNotContain("loaded in", run.Error, StringComparison.Ordinal);
    }
}
