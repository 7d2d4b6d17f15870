using Matting.Shared.Weights;

namespace Matting.Shared.Networks;

/// <summary>Weights fit a network entirely or not at all.</summary>
public static class StrictLoading
{
    /// <summary>Compares names, shapes and kinds of numbers; any floating type stands for another.</summary>
    /// <param name="network">What the weights are for.</param>
    /// <param name="weights">What was read.</param>
    /// <param name="file">Where it was read from, for the message.</param>
    /// <exception cref="StateMismatchException">Something is missing, unexpected or wrongly shaped; all of it is listed.</exception>
    public static void Check(INetwork network, StateDict weights, string file) => Compare(network, weights, file);

    /// <summary>
    /// Checks as <see cref="Check"/> does and puts the weights into the network's order and types
    /// (<see cref="ParameterSpec.Type"/>). Tensors that are right already are shared, not copied.
    /// </summary>
    /// <exception cref="StateMismatchException">Something is missing, unexpected or wrongly shaped; all of it is listed.</exception>
    public static StateDict Conform(INetwork network, StateDict weights, string file)
    {
        StateDict conforming = new();
        foreach (ParameterSpec spec in Compare(network, weights, file))
        {
            WeightTensor tensor = weights[spec.Name];
            conforming.Add(spec.Name, spec.Type == ElementType.Float32 ? tensor.AsFloat32() : tensor);
        }
        return conforming;
    }

    private static IReadOnlyList<ParameterSpec> Compare(INetwork network, StateDict weights, string file)
    {
        ArgumentNullException.ThrowIfNull(weights);
        IReadOnlyList<ParameterSpec> specs = NetworkSpecs.Of(network);
        List<string> missing = [];
        List<string> wrongShape = [];
        HashSet<string> known = [];
        foreach (ParameterSpec spec in specs)
        {
            known.Add(spec.Name);
            if (!weights.TryGetValue(spec.Name, out WeightTensor? tensor))
                missing.Add(spec.Name);
            else if (!Accepts(spec.Type, tensor.Type) || !spec.Shape.SequenceEqual(tensor.Shape))
                wrongShape.Add($"{spec.Name}: {tensor} instead of {spec.Type.TorchName()} [{string.Join(", ", spec.Shape)}]");
        }
        string[] unexpected = [.. weights.Names.Where(name => !known.Contains(name))];
        return missing.Count + unexpected.Length + wrongShape.Count == 0
            ? specs
            : throw new StateMismatchException(file, network.Name, missing, unexpected, wrongShape);
    }

    private static bool Accepts(ElementType wanted, ElementType found) => wanted == ElementType.Float32
        ? found is ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.BFloat16
        : found == wanted;
}
