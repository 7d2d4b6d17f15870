using System.Numerics;
using Matting.Shared.Weights.Pickle;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Weights.Checkpoints;

/// <summary>
/// Turns what the pickle machine read into values that are safe to walk: no cycles, bounded depth, and bounded size
/// even when every shared part is counted as often as it is mentioned.
/// </summary>
/// <param name="tensors">Gives tensors their elements.</param>
/// <param name="refuse">Makes the exception for a defect: reason, detail, path of the value.</param>
internal sealed class PickleTreeBuilder(
    TensorAssembler tensors, Func<WeightsFormatError, string, string?, WeightsFormatException> refuse)
{
    private const int LongestPathPart = 200;

    private readonly Dictionary<object, Built> _built = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _underway = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _path = [];
    private long _keyLength;

    /// <summary>Builds the tree of a machine value.</summary>
    /// <exception cref="WeightsFormatException">The value contains itself, is too deep or too large, or a tensor is malformed.</exception>
    public PickleValue Build(object raw) => Visit(raw).Value;

    private Built Visit(object raw)
    {
        if (raw is PickleValue scalar)
            return new Built(scalar, Size: 1, Height: 0);
        if (_built.TryGetValue(raw, out Built known))
            return known;
        if (_path.Count > PickleLimits.Depth)
            throw TooDeep();
        if (!_underway.Add(raw))
            throw Refuse(BadPickle, "a value contains itself");
        Built built = raw switch
        {
            TensorRecipe recipe => new Built(tensors.Assemble(recipe, Path()), Size: 1, Height: 0),
            RawTuple tuple => Sequence(tuple.Items, items => new PickleTuple(items)),
            RawList list => Sequence(list.Items, items => new PickleList(items)),
            RawDict dict => Dictionary(dict),
            KnownGlobal known2 => throw Refuse(Forbidden, $"the pickle holds {known2.Name} itself, which is not a value that is read"),
            _ => throw Refuse(Forbidden, "the pickle holds a bare storage, which is not a value that is read"),
        };
        _underway.Remove(raw);
        // heights are added up too: a shared part may be reached on a short way first and on a long one later
        if (built.Height > PickleLimits.Depth)
            throw TooDeep();
        if (built.Size > PickleLimits.Steps)
            throw Refuse(LimitExceeded, $"has more than {PickleLimits.Steps} values, shared ones counted each time");
        _built.Add(raw, built);
        return built;
    }

    private Built Sequence(IReadOnlyList<object> raw, Func<PickleValue[], PickleValue> make)
    {
        PickleValue[] items = new PickleValue[raw.Count];
        Tally tally = default;
        for (int i = 0; i < items.Length; i++)
            items[i] = Part(raw[i], i, ref tally);
        return tally.Around(make(items));
    }

    private Built Dictionary(RawDict raw)
    {
        PickleDict dict = new(raw.IsOrdered);
        Tally tally = default;
        foreach ((object rawKey, object rawValue) in raw.Entries)
        {
            if (rawKey is not PickleValue key || !PickleKeyComparer.CanBeKey(key))
                throw Refuse(Forbidden, "a dictionary has a key that is neither a string nor a number");
            // each setting hashes its key: one long string must not be hashed a million times
            _keyLength += key switch { PickleString text => text.Value.Length, PickleBytes bytes => bytes.Value.Length, _ => 0 };
            if (_keyLength > PickleLimits.Bytes)
                throw Refuse(LimitExceeded, $"dictionary keys have more than {PickleLimits.Bytes} characters in all");
            dict[key] = Part(rawValue, key, ref tally);
        }
        return tally.Around(dict);
    }

    private PickleValue Part(object raw, object name, ref Tally tally)
    {
        // scalars need no path, and most values are scalars
        if (raw is PickleValue scalar)
        {
            tally.Size++;
            return scalar;
        }
        _path.Add(name switch
        {
            PickleString text when text.Value.Length <= LongestPathPart => text.Value,
            PickleString text => text.Value[..LongestPathPart],
            PickleInteger { Value: BigInteger whole } => whole.GetByteCount() <= sizeof(long) ? whole.ToString() : "int",
            PickleValue other => other.PythonType,
            _ => name.ToString()!,
        });
        Built built = Visit(raw);
        _path.RemoveAt(_path.Count - 1);
        tally.Size += built.Size;
        tally.Height = Math.Max(tally.Height, built.Height);
        return built.Value;
    }

    private string? Path() => _path.Count == 0 ? null : string.Join('/', _path);

    private WeightsFormatException TooDeep() => refuse(LimitExceeded, $"values lie more than {PickleLimits.Depth} levels deep", null);

    private WeightsFormatException Refuse(WeightsFormatError reason, string detail) => refuse(reason, detail, Path());

    private readonly record struct Built(PickleValue Value, long Size, int Height);

    private struct Tally
    {
        public long Size;
        public int Height;

        public readonly Built Around(PickleValue value) => new(value, Size + 1, Height + 1);
    }
}
