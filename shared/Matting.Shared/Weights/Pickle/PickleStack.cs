using System.Runtime.InteropServices;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Weights.Pickle;

/// <summary>What a pickle works with: a stack with marks, and a memo of values to use again. Every use is counted.</summary>
internal sealed class PickleStack(PickleInput input)
{
    private readonly List<object> _values = [];
    private readonly Stack<int> _marks = new();

    // a list, not a dictionary: a pickler counts its keys up, and no choice of keys can make it slow
    private readonly List<object?> _memo = [];
    private uint _remembered;
    private int _steps;

    // values below the last mark are out of reach
    private int Floor => _marks.Count > 0 ? _marks.Peek() : 0;

    /// <summary>Counts steps; too many are refused.</summary>
    public void Charge(int steps)
    {
        _steps += steps;
        if (_steps > PickleLimits.Steps)
            throw input.Refuse(LimitExceeded, $"the pickle takes more than {PickleLimits.Steps} steps");
    }

    /// <summary>Puts a value on top.</summary>
    public void Push(object value)
    {
        Charge(1);
        _values.Add(value);
    }

    /// <summary>The value on top.</summary>
    public object Peek() => _values.Count > Floor ? _values[^1] : throw Underflow();

    /// <summary>Takes the value on top.</summary>
    public object Pop() => PopMany(1)[0];

    /// <summary>Takes some values from the top, the lowest first.</summary>
    public object[] PopMany(int count)
    {
        if (_values.Count - Floor < count)
            throw Underflow();
        return PopFrom(_values.Count - count);
    }

    /// <summary>Takes the only value there is, at the end of the pickle.</summary>
    public object PopLast()
    {
        if (_values.Count != 1 || _marks.Count != 0)
            throw input.Refuse(BadPickle, $"a pickle ends with {_values.Count} values instead of one");
        return _values[0];
    }

    /// <summary>Sets a mark on top of the values.</summary>
    public void Mark()
    {
        Charge(1);
        _marks.Push(_values.Count);
    }

    /// <summary>Takes the mark if nothing lies on it; false otherwise.</summary>
    public bool TryPopMark() => _marks.Count > 0 && _marks.Peek() == _values.Count && _marks.TryPop(out _);

    /// <summary>Takes the last mark and all values on it, the lowest first.</summary>
    public object[] PopToMark() =>
        _marks.TryPop(out int mark) ? PopFrom(mark) : throw input.Refuse(BadPickle, "the pickle goes back to a mark it has not set");

    /// <summary>Remembers the value on top under the next free number.</summary>
    public void Remember() => Remember(_remembered);

    /// <summary>Remembers the value on top under a number.</summary>
    public void Remember(uint index)
    {
        Charge(1);
        if (index >= PickleLimits.Steps)
            throw input.Refuse(LimitExceeded, $"the pickle remembers a value under {index}");
        if (index >= _memo.Count)
            CollectionsMarshal.SetCount(_memo, (int)index + 1);
        if (_memo[(int)index] is null)
            _remembered++;
        _memo[(int)index] = Peek();
    }

    /// <summary>Puts a remembered value on top again.</summary>
    public void Recall(uint index)
    {
        object? value = index < _memo.Count ? _memo[(int)index] : null;
        Push(value ?? throw input.Refuse(BadPickle, $"nothing was remembered under {index}"));
    }

    private object[] PopFrom(int start)
    {
        object[] items = CollectionsMarshal.AsSpan(_values)[start..].ToArray();
        _values.RemoveRange(start, items.Length);
        return items;
    }

    private WeightsFormatException Underflow() =>
        input.Refuse(BadPickle, $"a pickle instruction before offset {input.Position} finds no value");
}
