using System.Net;
using System.Net.Sockets;
using System.Text;
using Matting.Fuzz.Corpus;
using Matting.Fuzz.Mutations;
using Matting.Runtime;
using Matting.Server;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Fuzz.Targets;

/// <summary>Bytes that arrive at a running server, one connection each. A failure of the server's own, or silence when it is asked decently, counts.</summary>
internal sealed class HttpTarget() : FuzzTarget("http", ".http")
{
    private const int DecentEvery = 50;

    // the frame that turns clients away who begin with HTTP/2: eight bytes of type GOAWAY
    private const string NotTwo = "\0\0\u0008\u0007";

    // most answers are there sooner; many damaged requests have no end, and get none before the connection has
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    private static readonly ServerOptions Options = new()
    {
        Port = 0,
        MaxBody = 1 << 16,
        Queue = 8,
        Predict = new PredictOptions { LongestSide = 64, Reading = new ImageReadOptions { MaxPixels = 250_000 } },
    };

    private readonly byte[][] _seeds = HttpSeeds.All();
    private readonly List<string> _reports = [];
    private MattingModel? _model;
    private MattingServer? _server;
    private int _tried;

    public override byte[] Input(SeededRandom random) => ByteMutator.Mutate(Pick(_seeds, random), Pick(_seeds, random), random, HttpSeeds.Words);

    public override void Try(byte[] input)
    {
        _model ??= MattingModel.Load(OnnxSeeds.Bytes(OnnxSeeds.Open()), "model", new() { Threads = 1 });
        _server ??= Start(_model);
        string answer = Send(_server, input, Patience);
        Check(answer);
        lock (_reports)
        {
            if (_reports.Count > 0)
                throw new FuzzFailureException($"the server reports: {_reports[0]}");
        }
        if (++_tried % DecentEvery == 0 && !Send(_server, _seeds[5], Timeout.InfiniteTimeSpan).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
            throw new FuzzFailureException("the server does not answer a decent request any more");
    }

    public override bool Accepts(Exception failure) => false;

    protected override void Dispose(bool disposing)
    {
        _server?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _model?.Dispose();
        base.Dispose(disposing);
    }

    private MattingServer Start(MattingModel model) => MattingServer.StartAsync(model, Options with
    {
        Report = line =>
        {
            lock (_reports)
                _reports.Add(line);
        },
    }).GetAwaiter().GetResult();

    private static string Send(MattingServer server, byte[] request, TimeSpan patience)
    {
        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, server.Address.Port);
        NetworkStream stream = client.GetStream();
        try
        {
            stream.Write(request);
            // a client that ends its side too early counts as gone; one that never ends it would be waited for
            client.Client.Poll(patience, SelectMode.SelectRead);
            client.Client.Shutdown(SocketShutdown.Send);
            using StreamReader reader = new(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            // reset: the server wants no more of it
            return "";
        }
    }

    // an answer is whole or there is none, and never says that the server is at fault
    private static void Check(string answer)
    {
        if (answer.Length == 0 || answer.StartsWith(NotTwo, StringComparison.Ordinal))
            return;
        if (!answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || answer.Length < 12)
            throw new FuzzFailureException($"no answer in HTTP: {answer[..Math.Min(answer.Length, 40)]}");
        if (answer[9] == '5' && !answer.AsSpan(9).StartsWith("503") && !answer.AsSpan(9).StartsWith("505") && !answer.AsSpan(9).StartsWith("501"))
            throw new FuzzFailureException($"the server failed: {answer[..Math.Min(answer.Length, 600)]}");
    }
}
