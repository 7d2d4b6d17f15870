namespace Matting.Shared.Networks;

/// <summary>Weights that are not those of the network: one exception lists everything that does not fit.</summary>
public sealed class StateMismatchException : Exception, IUserFacingError
{
    private const int NamesInMessage = 12;

    internal StateMismatchException(
        string file, string network, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> wrongShape)
        : base(Describe(file, network, missing, unexpected, wrongShape))
    {
        File = file;
        Network = network;
        Missing = missing;
        Unexpected = unexpected;
        WrongShape = wrongShape;
    }

    /// <summary>The file the weights came from, as it was named by the caller.</summary>
    public string File { get; }

    /// <summary>The network they were meant for.</summary>
    public string Network { get; }

    /// <summary>Names that the network has and the file lacks, in the network's order.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Names that the file has and the network lacks, in the file's order.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>What both have but not alike, each as <c>name: float32 [1] instead of float32 [64, 3, 3, 3]</c>.</summary>
    public IReadOnlyList<string> WrongShape { get; }

    private static string Describe(
        string file, string network, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> wrongShape)
    {
        string[] parts = [.. Part(missing, "missing"), .. Part(unexpected, "unexpected"), .. Part(wrongShape, "wrongly shaped")];
        return $"{file}: the weights do not fit {network}: {string.Join("; ", parts)}";
    }

    private static IEnumerable<string> Part(IReadOnlyList<string> names, string what)
    {
        if (names.Count == 0)
            yield break;
        string rest = names.Count > NamesInMessage ? $", and {names.Count - NamesInMessage} more" : "";
        yield return $"{names.Count} {what} ({string.Join(", ", names.Take(NamesInMessage).Select(OneLine))}{rest})";
    }

    // names come out of files: no control characters, no novels
    private static string OneLine(string name)
    {
        const int Longest = 200;
        string shortened = name.Length <= Longest ? name : $"{name.AsSpan(0, Longest)}...";
        return string.Concat(shortened.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
