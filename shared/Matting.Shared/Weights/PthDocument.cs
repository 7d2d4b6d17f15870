using Matting.Shared.Weights.Pickle;

namespace Matting.Shared.Weights;

/// <summary>What a <c>.pth</c> file holds.</summary>
public sealed class PthDocument
{
    private static readonly string[] Wrappers = ["model_state", "state_dict"];

    internal PthDocument(string file, PickleValue root)
    {
        File = file;
        Root = root;
    }

    /// <summary>The path or the name the content goes by.</summary>
    public string File { get; }

    /// <summary>The saved value.</summary>
    public PickleValue Root { get; }

    /// <summary>The key that the state dictionary lies under; null when the file's own dictionary is meant.</summary>
    public string? StateDictKey =>
        Root is PickleDict root ? Wrappers.FirstOrDefault(key => root.TryGetValue(key, out PickleValue? inner) && inner is PickleDict) : null;

    /// <summary>
    /// The state dictionary: the value under <c>model_state</c>, else under <c>state_dict</c>, else the file's own
    /// dictionary.
    /// </summary>
    /// <exception cref="WeightsFormatException">There is none: the message says what is there instead.</exception>
    public StateDict FindStateDict()
    {
        if (Root is not PickleDict root)
            throw None($"the file holds a {Root.PythonType}, not a dictionary of tensors");
        return StateDictKey is { } key ? ToStateDict((PickleDict)root[key], $"{key}/") : ToStateDict(root, "");
    }

    private StateDict ToStateDict(PickleDict dict, string path)
    {
        if (dict.Count == 0)
            throw None("the state dictionary is empty");
        StateDict tensors = new();
        foreach ((PickleValue key, PickleValue value) in dict)
        {
            if (key is not PickleString name)
                throw None($"a state dictionary has names; here one key is of type {key.PythonType}");
            if (value is not PickleTensor tensor)
                throw None($"is of type {value.PythonType}, not a tensor; looked under model_state, state_dict and at the top", path + name.Value);
            tensors.Add(name.Value, tensor.Value);
        }
        return tensors;
    }

    private WeightsFormatException None(string detail, string? entry = null) =>
        new(File, WeightsFormatError.NoStateDict, detail, entry);
}
