using System.Runtime.InteropServices;

namespace Matting.CommandLine;

/// <summary>
/// Turns the first SIGINT, SIGTERM or SIGHUP into a cancelled token and the next one into the end of the process. A command may take
/// Ctrl-C over for as long as it can ask what is meant by it.
/// </summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Func<bool>? _takes;

    /// <summary>Listens from now on.</summary>
    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
    ];

    /// <summary>Cancelled by the first signal that nobody took.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Lets somebody else decide what Ctrl-C means.</summary>
    /// <param name="takes">Called on the thread of the signal; true: it is taken care of, false: it interrupts as usual.</param>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable Intercept(Func<bool> takes)
    {
        _takes = takes;
        return new Interception(this);
    }

    /// <summary>Listens no more.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGINT && !_source.IsCancellationRequested && _takes?.Invoke() == true)
            return;
        if (_source.IsCancellationRequested)
            Environment.Exit(ExitCodes.Interrupted);
        _source.Cancel();
    }

    private sealed class Interception(Interruption interruption) : IDisposable
    {
        public void Dispose() => interruption._takes = null;
    }
}
