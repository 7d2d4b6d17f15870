using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;

namespace Matting.Trainer.Training;

/// <summary>Reads the values of a saved dictionary, and says by name what is missing or of another kind.</summary>
/// <param name="dict">The values.</param>
/// <param name="file">Where they come from, for messages.</param>
/// <param name="path">Names of the dictionaries around it, each with a point after it.</param>
public readonly struct SavedValues(PickleDict dict, string file, string path = "")
{
    /// <summary>A whole number that is not negative.</summary>
    /// <exception cref="WeightsFormatException">There is none.</exception>
    public long Count(string key) => Count(key, long.MaxValue);

    /// <summary>A whole number that is not negative and fits into an <see cref="int"/>.</summary>
    /// <exception cref="WeightsFormatException">There is none.</exception>
    public int SmallCount(string key) => (int)Count(key, int.MaxValue);

    /// <summary>A number.</summary>
    /// <exception cref="WeightsFormatException">There is none.</exception>
    public double Number(string key) => dict.TryGetValue(key, out PickleValue? found) && found is PickleFloat number
        ? number.Value : throw Wrong(key, "a number");

    /// <summary>A number, or None.</summary>
    /// <exception cref="WeightsFormatException">There is neither.</exception>
    public double? OptionalNumber(string key) => IsNone(key) ? null : Number(key);

    /// <summary>True or false.</summary>
    /// <exception cref="WeightsFormatException">There is neither.</exception>
    public bool Flag(string key) => dict.TryGetValue(key, out PickleValue? found) && found is PickleBool flag
        ? flag.Value : throw Wrong(key, "True or False");

    /// <summary>A text.</summary>
    /// <exception cref="WeightsFormatException">There is none.</exception>
    public string Text(string key) => dict.TryGetValue(key, out PickleValue? found) && found is PickleString text
        ? text.Value : throw Wrong(key, "a text");

    /// <summary>A dictionary.</summary>
    /// <exception cref="WeightsFormatException">There is none.</exception>
    public PickleDict Dict(string key) => dict.TryGetValue(key, out PickleValue? found) && found is PickleDict inner
        ? inner : throw Wrong(key, "a dictionary");

    /// <summary>A dictionary, or None.</summary>
    /// <exception cref="WeightsFormatException">There is neither.</exception>
    public PickleDict? OptionalDict(string key) => IsNone(key) ? null : Dict(key);

    /// <summary>The values of a dictionary.</summary>
    /// <exception cref="WeightsFormatException">There is none.</exception>
    public SavedValues Inner(string key) => new(Dict(key), file, $"{path}{key}.");

    /// <summary>The values of each dictionary of a list.</summary>
    /// <exception cref="WeightsFormatException">There is no such list.</exception>
    public IReadOnlyList<SavedValues> List(string key)
    {
        if (!dict.TryGetValue(key, out PickleValue? found) || found is not PickleList list || !list.All(item => item is PickleDict))
            throw Wrong(key, "a list of dictionaries");
        (string from, string prefix) = (file, $"{path}{key}");
        return [.. list.Select((item, index) => new SavedValues((PickleDict)item, from, $"{prefix}[{index}]."))];
    }

    /// <summary>The tensors of a dictionary.</summary>
    /// <exception cref="WeightsFormatException">There is none, or it has something else in it.</exception>
    public StateDict Tensors(string key)
    {
        StateDict tensors = new();
        foreach ((PickleValue name, PickleValue value) in Dict(key))
        {
            if (name is not PickleString text || value is not PickleTensor tensor)
                throw Wrong(key, "names and tensors");
            tensors.Add(text.Value, tensor.Value);
        }
        return tensors;
    }

    private long Count(string key, long largest) => dict.TryGetValue(key, out PickleValue? found) && found is PickleInteger { Value: var number }
        && number >= 0 && number <= largest ? (long)number : throw Wrong(key, $"a whole number from 0 to {largest}");

    private bool IsNone(string key) => dict.TryGetValue(key, out PickleValue? found) && found is PickleNone;

    /// <summary>The error for an entry that is not what it must be.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="expected">What was expected.</param>
    public WeightsFormatException Wrong(string key, string expected)
    {
        string there = dict.TryGetValue(key, out PickleValue? found) ? $"there is a {found.PythonType}" : "nothing is there";
        return new WeightsFormatException(file, WeightsFormatError.BadValue, $"expected {expected}, {there}", path + key);
    }
}
