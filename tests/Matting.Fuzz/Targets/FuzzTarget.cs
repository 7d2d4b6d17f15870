using Matting.Shared.Numerics;

namespace Matting.Fuzz.Targets;

/// <summary>Something that reads what strangers send. Lives in a child process; inputs come one after the other.</summary>
internal abstract class FuzzTarget(string name, string extension) : IDisposable
{
    /// <summary>The name on the command line.</summary>
    public string Name => name;

    /// <summary>What a file with one of its inputs ends with.</summary>
    public string Extension => extension;

    /// <summary>How many inputs the tests give it: by what one costs and how much native code it reaches.</summary>
    public required int InputsInTests { get; init; }

    /// <summary>Largest resident memory of the child in bytes, the runtime's own 100 MiB among them.</summary>
    public long MemoryCap { get; init; } = 512L << 20;

    /// <summary>A damaged input.</summary>
    /// <param name="random">Everything that is random about it.</param>
    public abstract byte[] Input(SeededRandom random);

    /// <summary>Reads an input.</summary>
    /// <exception cref="Exception">It cannot be read; or the code under test is wrong, when <see cref="Accepts"/> does not know the exception.</exception>
    public abstract void Try(byte[] input);

    /// <summary>Whether an exception is one that callers are told about.</summary>
    public abstract bool Accepts(Exception failure);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    protected static T Pick<T>(IReadOnlyList<T> items, SeededRandom random) => items[random.Next(items.Count)];
}
