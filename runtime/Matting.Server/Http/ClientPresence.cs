using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Matting.Server.Http;

/// <summary>
/// Tells a client that will send no more, and waits for its answer, from one that has gone. To TCP they look the same until something is
/// sent to them: the system of one that has gone answers with a reset. So while a request is worked on after its client has closed its side, it
/// gets <c>100 Continue</c> once, which every client of HTTP/1.1 passes over (RFC 9110, section 15.2), and only a reset ends the work.
/// </summary>
internal sealed class ClientPresence : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly CancellationToken _closed;
    private readonly CancellationTokenSource _gone = new();
    private readonly Socket? _socket;
    private readonly TimeSpan _patience;
    private CancellationTokenSource? _work;
    private int _requests;
    private bool _mayProbe;

    private ClientPresence(ConnectionContext connection, TimeSpan patience)
    {
        _closed = connection.ConnectionClosed;
        _socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        _patience = patience;
    }

    /// <summary>Middleware of connections: from here on their requests are aborted when the client has gone, no longer when it stops sending.</summary>
    /// <param name="next">What answers.</param>
    /// <param name="patience">How long a closed client is worked for before it is looked whether it is still there.</param>
    public static ConnectionDelegate Watch(ConnectionDelegate next, TimeSpan patience) => async connection =>
    {
        using ClientPresence presence = new(connection, patience);
        connection.Features.Set(presence);
        connection.ConnectionClosed = presence._gone.Token;
        connection.Transport = new Duplex(new HalfOpenInput(connection.Transport.Input), connection.Transport.Output);
        await using CancellationTokenRegistration closing = presence._closed.UnsafeRegister(_ => presence.Look(), null);
        await next(connection);
    };

    /// <summary>That of a request's connection.</summary>
    public static ClientPresence Of(HttpContext context) => context.Features.Get<ClientPresence>() ?? throw new InvalidOperationException("the connection is not watched");

    /// <summary>The request is read; from now to <see cref="EndWork"/> nothing is sent to the client.</summary>
    public void BeginWork(HttpContext context)
    {
        lock (_lock)
        {
            // of an earlier answer on the same connection some may still be on its way
            _mayProbe = ++_requests == 1 && HttpProtocol.IsHttp11(context.Request.Protocol);
            _work = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        }
        if (_closed.IsCancellationRequested)
            Look();
    }

    /// <summary>The answer follows; harmless without work.</summary>
    public void EndWork()
    {
        lock (_lock)
        {
            _work?.Cancel();
            _work?.Dispose();
            _work = null;
        }
    }

    public void Dispose()
    {
        EndWork();
        _gone.Dispose();
    }

    // called when the client has closed its side, and when work for such a client begins; the two may meet
    private void Look()
    {
        CancellationToken? work;
        lock (_lock)
            work = _work?.Token;
        if (work is { } token)
            _ = WatchAsync(token);
    }

    private async Task WatchAsync(CancellationToken work)
    {
        try
        {
            await Task.Delay(_patience, work);
            Probe();
            while (CanSend())
                await Task.Delay(Between, work);
            await _gone.CancelAsync();
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
        {
            // the work, or the connection, ended first
        }
    }

    private void Probe()
    {
        lock (_lock)
        {
            if (_work is null || !_mayProbe)
                return;
            _mayProbe = false;
            Send("HTTP/1.1 100 Continue\r\n\r\n"u8);
        }
    }

    // sending nothing succeeds until the connection was reset
    private bool CanSend() => Send([]);

    private bool Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_socket is null)
                return false;
            _socket.Send(bytes, SocketFlags.None, out SocketError error);
            return error == SocketError.Success;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
