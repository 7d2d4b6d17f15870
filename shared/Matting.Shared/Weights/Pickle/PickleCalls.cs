using System.Text;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Weights.Pickle;

/// <summary>What the few known names of a pickle do: each takes plain data and gives plain data.</summary>
internal static class PickleCalls
{
    private const int MostArguments = 8;

    /// <summary>The value of a call.</summary>
    public static object Call(PickleInput input, object callable, object arguments)
    {
        if (callable is not KnownGlobal known)
            throw input.Refuse(BadPickle, "something is called that is not a function");
        if (arguments is not RawTuple { Items: object[] items })
            throw input.Refuse(BadPickle, $"the arguments of {known.Name} are not a tuple");
        object? result = (known.Kind, items) switch
        {
            (KnownGlobalKind.OrderedDict, []) => new RawDict(ordered: true),
            (KnownGlobalKind.OrderedDict, [RawList pairs]) => FromPairs(pairs.Items),
            (KnownGlobalKind.Size, [RawTuple sizes]) => sizes,
            (KnownGlobalKind.Size, [RawList sizes]) => new RawTuple([.. sizes.Items]),
            (KnownGlobalKind.EncodedBytes, [PickleString text, PickleString { Value: "latin1" }]) => EncodeLatin1(text.Value),
            (KnownGlobalKind.Tensor, [StorageReference storage, var offset, var shape, var strides]) =>
                Tensor(storage, offset, shape, strides),
            (KnownGlobalKind.TensorWithHooks, [StorageReference storage, var offset, var shape, var strides, _, _]) =>
                Tensor(storage, offset, shape, strides),
            // the last part flags conjugate or negated views, whose elements would need a change
            (KnownGlobalKind.TensorWithHooks, [StorageReference storage, var offset, var shape, var strides, _, _, PickleNone or RawDict { Entries: [] }]) =>
                Tensor(storage, offset, shape, strides),
            (KnownGlobalKind.Parameter, [TensorRecipe tensor, _, _]) => tensor,
            (KnownGlobalKind.Parameter, [TensorRecipe tensor, _, _, _]) => tensor,
            _ => null,
        };
        return result ?? throw input.Refuse(BadPickle, $"{known.Name} is called with arguments it does not take");
    }

    /// <summary>
    /// How many steps a call takes: its arguments may be large and, remembered once, be used again and again.
    /// </summary>
    public static int Cost(object arguments) => arguments switch
    {
        RawTuple { Items.Length: <= MostArguments } tuple => tuple.Items.Sum(SizeOf),
        _ => 0,
    };

    /// <summary>Accepts the attributes of an <c>OrderedDict</c> (PyTorch keeps module versions there) and forgets them.</summary>
    public static void SetState(PickleInput input, object target, object state)
    {
        if (target is not RawDict { IsOrdered: true } || state is not RawDict)
            throw input.Refuse(Forbidden, "the pickle sets the state of an object; only an OrderedDict may have attributes");
    }

    /// <summary>The storage a persistent id stands for.</summary>
    public static StorageReference Storage(PickleInput input, object id)
    {
        if (id is RawTuple { Items: [PickleString { Value: not "storage" } kind, ..] })
            throw input.Refuse(Forbidden, $"the pickle refers to a stored {kind.Value}; only storages are read");
        if (id is not RawTuple { Items: [_, KnownGlobal { Kind: KnownGlobalKind.Storage } type, PickleString key, PickleString, var count, .. var view] }
            || key.Value.Length > PickleLimits.NameLength || !TryLong(count, out long elements) || elements < 0)
            throw input.Refuse(BadPickle, "the pickle refers to a storage in a way that is not PyTorch's");
        return view switch
        {
            [] or [PickleNone] => new StorageReference(key.Value, type.Element, elements, 0, elements),
            [RawTuple { Items: [PickleString, var from, var length] }]
                when TryLong(from, out long start) && TryLong(length, out long size)
                && start >= 0 && size >= 0 && start <= elements && size <= elements - start =>
                new StorageReference(key.Value, type.Element, elements, start, size),
            _ => throw input.Refuse(BadPickle, $"storage {key.Value} is viewed in a way that is not PyTorch's"),
        };
    }

    private static int SizeOf(object argument) => argument switch
    {
        RawList list => list.Items.Count,
        RawTuple tuple => tuple.Items.Length,
        // a step may cost about a hundred bytes
        PickleString text => text.Value.Length / 64,
        _ => 1,
    };

    private static RawDict? FromPairs(List<object> pairs)
    {
        RawDict dict = new(ordered: true);
        foreach (object pair in pairs)
        {
            IReadOnlyList<object>? items = pair is RawTuple tuple ? tuple.Items : (pair as RawList)?.Items;
            if (items is not { Count: 2 })
                return null;
            dict.Entries.Add(new(items[0], items[1]));
        }
        return dict;
    }

    private static TensorRecipe? Tensor(StorageReference storage, object offset, object shape, object strides) =>
        TryLong(offset, out long first) && TryLongs(shape, out long[] sizes) && TryLongs(strides, out long[] steps)
            ? new TensorRecipe(storage, first, sizes, steps)
            : null;

    private static PickleBytes? EncodeLatin1(string text) =>
        text.All(character => character <= 0xFF) ? new PickleBytes(Encoding.Latin1.GetBytes(text)) : null;

    private static bool TryLongs(object value, out long[] numbers)
    {
        numbers = [];
        if (value is not RawTuple { Items: object[] items })
            return false;
        numbers = new long[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (!TryLong(items[i], out numbers[i]))
                return false;
        }
        return true;
    }

    private static bool TryLong(object value, out long number)
    {
        number = 0;
        if (value is not PickleInteger { Value: var whole } || whole < long.MinValue || whole > long.MaxValue)
            return false;
        number = (long)whole;
        return true;
    }
}
