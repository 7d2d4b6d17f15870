using System.Collections;

namespace Matting.Runtime.Cli.Bench;

/// <summary>A few files over and over: a folder so large that the time ends first.</summary>
internal sealed class RepeatedFiles(IReadOnlyList<string> files) : IReadOnlyList<string>
{
    public int Count => 1_000_000;

    public string this[int index] => files[index % files.Count];

    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
