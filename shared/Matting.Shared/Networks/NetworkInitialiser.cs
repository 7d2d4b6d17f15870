using Matting.Shared.Numerics;
using Matting.Shared.Weights;

namespace Matting.Shared.Networks;

/// <summary>Makes the state of a new network.</summary>
public static class NetworkInitialiser
{
    /// <summary>
    /// Fills every parameter and buffer as PyTorch does by default (<see cref="ParameterSpec.Initialiser"/>).
    /// A parameter's numbers depend on the seed and its name alone, so that a network that gains a layer
    /// keeps the others' start.
    /// </summary>
    public static StateDict Create(INetwork network, long seed)
    {
        StateDict state = new();
        foreach (ParameterSpec spec in NetworkSpecs.Of(network))
        {
            float[] values = new float[spec.ElementCount];
            spec.Initialiser.Fill(values, new SeededRandom(seed, (long)StableHash.Fnv1a(spec.Name)));
            long[] shape = [.. spec.Shape];
            state.Add(spec.Name, spec.Type == ElementType.Int64
                ? WeightTensor.FromInt64([.. values.Select(value => (long)value)], shape)
                : WeightTensor.FromFloat32(values, shape));
        }
        return state;
    }
}
