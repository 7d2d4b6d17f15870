namespace Matting.Shared.Onnx;

/// <summary>A node with what is known of its inputs.</summary>
internal readonly struct OnnxShapeNode(NodeProto node, IReadOnlyDictionary<string, long?[]> shapes, IReadOnlyDictionary<string, long[]> constants)
{
    public string Operation => node.OpType;

    public int Inputs => node.Input.Count;

    /// <summary>The shape of an input, its unknown sides null; null when nothing is known.</summary>
    public long?[]? Shape(int input) => Has(input) && shapes.TryGetValue(node.Input[input], out long?[]? shape) ? shape : null;

    /// <summary>The numbers of an input that is a constant; null for any other.</summary>
    public long[]? Constant(int input) => Has(input) && constants.TryGetValue(node.Input[input], out long[]? numbers) ? numbers : null;

    /// <summary>Whether an input is given.</summary>
    public bool Has(int input) => input < node.Input.Count && node.Input[input].Length > 0;

    public bool HasAttribute(string name) => node.Attribute.Any(attribute => attribute.Name == name);

    /// <summary>An attribute that is a list of numbers; null when it is not there.</summary>
    public long[]? Numbers(string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { } found ? [.. found.Ints] : null;

    public long? Number(string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { HasI: true } found ? found.I : null;

    /// <summary>True when the node works its padding out itself.</summary>
    public bool PadsItself => node.Attribute.FirstOrDefault(attribute => attribute.Name == "auto_pad") is { } found && found.S.ToStringUtf8() is not ("" or "NOTSET");
}
