using System.Net;
using Matting.Runtime;

namespace Matting.Server;

/// <summary>Where a server listens, what it accepts and how much of it at once.</summary>
public sealed record ServerOptions
{
    /// <summary>What <see cref="MaxMemory"/> must at least be, in largest bodies: a quarter of it holds one that grows and is there twice for a moment.</summary>
    public const int LeastMemoryInBodies = 8;

    /// <summary>All defaults: loopback, port 8080.</summary>
    public static ServerOptions Default { get; } = new();

    /// <summary>The address it listens on. The server asks nobody who they are: other addresses than loopback open it to the network.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port, 0 to 65535; 0 takes a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Largest body of a request in bytes, at least 1. Default 32 MiB.</summary>
    public long MaxBody { get; init; } = 32L << 20;

    /// <summary>Most requests for a prediction that are in the house at once, read, waiting or running; further ones get 503.</summary>
    public int Queue { get; init; } = 64;

    /// <summary>
    /// Bytes that requests may take at once, besides the model and its runs: a quarter is for what clients send, the rest for pictures at work (24 bytes a
    /// pixel for an alpha, 56 for a cut-out or composite, 16 more as WebP: what decoding, estimating and encoding take at most). A request that finds too little
    /// waits, or is answered 503 while it still sends; one that could never fit is answered 413. At least
    /// <see cref="LeastMemoryInBodies"/> times <see cref="MaxBody"/>. Null, the default: half of the memory that this process may use, and no less than that.
    /// </summary>
    public long? MaxMemory { get; init; }

    /// <summary>Pictures decoded or encoded at once, at least 1.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a run that is not full waits for further pictures; of meaning when <see cref="PredictOptions.Batch"/> is above 1.</summary>
    public TimeSpan BatchWait { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a client may take to send its picture.</summary>
    public TimeSpan UploadLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server that stops goes on with the requests it has.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Limits of reading and of the network's size, the most pictures of one run, and what holds for requests
    /// that do not say otherwise.
    /// </summary>
    public PredictOptions Predict { get; init; } = PredictOptions.Default;

    /// <summary>Told of each model when the server starts, once it is loaded and has run for the first time. Null: nobody is told.</summary>
    public Action<MattingModel>? Loaded { get; init; }

    /// <summary>Gets a line for every failure that is the server's own; called on several threads. Null: nobody is told.</summary>
    public Action<string>? Report { get; init; }

    /// <summary><see cref="MaxMemory"/>, or what stands for it.</summary>
    public long Memory => MaxMemory ?? Math.Max(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, LeastMemory);

    private long LeastMemory => LeastMemoryInBodies * MaxBody;

    /// <summary>How long a client that has closed its side of the connection is worked for before it is looked whether it is still there.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Port, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBody, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBody, Array.MaxLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(Memory, LeastMemory, nameof(MaxMemory));
        ArgumentOutOfRangeException.ThrowIfLessThan(Queue, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchWait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(UploadLimit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(DrainLimit, TimeSpan.Zero);
    }
}
