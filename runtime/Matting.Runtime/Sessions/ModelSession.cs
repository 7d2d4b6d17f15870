using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions;

/// <summary>
/// A session with its pool of buffers. Any number of threads may rent slots and run; the session ends
/// when it is disposed and the last slot is back, so that nothing runs on freed memory.
/// </summary>
/// <param name="session">The session, owned from now on.</param>
/// <param name="signature">The model's input and output.</param>
/// <param name="name">The name that messages give the model.</param>
/// <param name="pixelsTogether">Most pixels that the network gets at once, if that is more than one input; more follow in further runs.</param>
/// <param name="scaling">Makes alpha of the output.</param>
internal sealed class ModelSession(InferenceSession session, ModelSignature signature, string name, long pixelsTogether, OutputScaling scaling) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<RunSlot> _idle = [];
    private int _rented;
    private bool _disposed;
    private long _firstRunTicks;

    public ModelSignature Signature => signature;

    /// <summary>What the run took that ended first; null before that.</summary>
    public TimeSpan? FirstRunTime => Interlocked.Read(ref _firstRunTicks) is > 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Slots that are out: runs being prepared, running or being finished.</summary>
    public int Rented
    {
        get
        {
            lock (_lock)
                return _rented;
        }
    }

    /// <summary>Takes a slot for a number of pictures of one size; give it back with <see cref="Return"/>.</summary>
    /// <exception cref="MattingModelException">More values than an array holds.</exception>
    public RunSlot Rent(int batch, NetworkSize size)
    {
        if (batch * 3 * (Int128)size.Pixels > Array.MaxLength)
            throw new MattingModelException(name, MattingModelError.Unsuitable, $"{batch} inputs of {size} pixels are more than one run can hold");
        RunSlot slot;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(MattingModel));
            slot = _idle.TryPop(out RunSlot? idle) ? idle : new RunSlot(signature.OutputHasChannels);
            _rented++;
        }
        try
        {
            slot.Resize(batch, size, Together(size));
            return slot;
        }
        catch
        {
            Return(slot);
            throw;
        }
    }

    /// <summary>Leaves a rented slot with fewer inputs, or more, of the same size; what it holds stays.</summary>
    public void Resize(RunSlot slot, int batch, NetworkSize size) => slot.Resize(batch, size, Together(size));

    public void Return(RunSlot slot)
    {
        lock (_lock)
        {
            _rented--;
            _idle.Push(slot);
            if (_disposed && _rented == 0)
                Release();
        }
    }

    /// <summary>What to throw when the network's output holds NaN or infinity.</summary>
    public MattingModelException NoNumbers() => new(name, MattingModelError.BadOutput,
        "gave values that are no numbers (NaN or infinity), as damaged models do, and models in half precision whose values grow beyond its range");

    /// <summary>Runs the network and makes alpha of its output.</summary>
    public void Predict(RunSlot slot, NetworkSize size, CancellationToken cancellation)
    {
        Run(slot, cancellation);
        scaling.Apply(slot.Output, (int)size.Pixels);
    }

    /// <summary>Runs the bare network.</summary>
    public void Run(RunSlot slot, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            slot.Run(session, signature, cancellation);
            if (Interlocked.Read(ref _firstRunTicks) == 0)
                Interlocked.CompareExchange(ref _firstRunTicks, Math.Max(1, Stopwatch.GetElapsedTime(started).Ticks), 0);
        }
        catch (OnnxRuntimeException failure) when (SessionFactory.IsOutOfMemory(failure))
        {
            throw new MattingModelException(name, MattingModelError.OutOfMemory, $"a run needs more memory than it may take: {SessionFactory.OneLine(failure)}", failure);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new MattingModelException(name, MattingModelError.RunFailed, $"the run failed: {SessionFactory.OneLine(failure)}", failure);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_rented == 0)
                Release();
        }
    }

    private int Together(NetworkSize size) =>
        signature.Batch ?? (int)Math.Clamp(pixelsTogether / size.Pixels, 1, int.MaxValue);

    private void Release()
    {
        while (_idle.TryPop(out RunSlot? slot))
            slot.Dispose();
        session.Dispose();
    }
}
