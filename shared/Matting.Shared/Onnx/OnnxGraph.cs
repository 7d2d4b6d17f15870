namespace Matting.Shared.Onnx;

/// <summary>Shape of a batch of feature maps, whose number of images is always open, and what its elements are.</summary>
internal readonly record struct MapShape(int Channels, Dimension Height, Dimension Width, ModelPrecision Precision = ModelPrecision.Float32);

/// <summary>A value of a graph that is being built: what a node computes, a graph input, or a constant.</summary>
internal sealed class OnnxValue
{
    private OnnxValue(string hint) => Hint = hint;

    /// <summary>The name it gets, unless that is taken.</summary>
    public string Hint { get; }

    /// <summary>The node that computes it; null for inputs and constants.</summary>
    public OnnxNode? Producer { get; private init; }

    /// <summary>Makes the constant's content, when a live node uses it; null for anything else.</summary>
    public Func<TensorProto>? Constant { get; private init; }

    /// <summary>Shape of a batch of feature maps; null for anything else.</summary>
    public MapShape? Shape { get; private init; }

    public static OnnxValue Input(string name, MapShape shape) => new(name) { Shape = shape };

    public static OnnxValue Initialiser(string hint, Func<TensorProto> content) => new(hint) { Constant = content };

    public static OnnxValue ResultOf(OnnxNode node) => new(node.Hint) { Producer = node, Shape = node.Shape };
}

/// <summary>A node of a graph that is being built; it has one result.</summary>
internal class OnnxNode(
    string opType, string hint, MapShape? shape, IReadOnlyList<OnnxValue?> inputs, params IReadOnlyList<AttributeProto> attributes)
{
    /// <summary>ONNX operator.</summary>
    public string OpType => opType;

    /// <summary>The name it gets, unless that is taken.</summary>
    public string Hint => hint;

    /// <summary>Shape of the batch of feature maps that it computes; null when it computes something else.</summary>
    public MapShape? Shape => shape;

    /// <summary>Its inputs; null for an optional one that is left out.</summary>
    public IReadOnlyList<OnnxValue?> Inputs => inputs;

    /// <summary>Its attributes.</summary>
    public IReadOnlyList<AttributeProto> Attributes => attributes;
}
