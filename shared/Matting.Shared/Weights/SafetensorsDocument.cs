namespace Matting.Shared.Weights;

/// <summary>What a safetensors file holds.</summary>
public sealed class SafetensorsDocument
{
    internal SafetensorsDocument(StateDict tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The tensors, in the order the header names them.</summary>
    public StateDict Tensors { get; }

    /// <summary>The free text under <c>__metadata__</c>; empty when there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }
}
