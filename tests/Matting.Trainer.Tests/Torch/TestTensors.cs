using Matting.Shared.Networks;
using Matting.Shared.Numerics;
using Matting.Shared.Weights;
using Matting.Testing;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Torch;

/// <summary>Tensors of golden arrays and of random numbers.</summary>
internal static class TestTensors
{
    public static torch.Tensor Of(Npy array) => TensorMemory.FromFloats(array.Floats, array.Shape);

    public static torch.Tensor Random(long seed, params long[] shape)
    {
        SeededRandom random = new(seed);
        float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        foreach (ref float value in values.AsSpan())
            value = (float)random.Normal();
        return TensorMemory.FromFloats(values, shape);
    }

    public static WeightTensor Weights(Npy array) => WeightTensor.FromFloat32(array.Floats, array.Shape);

    public static ParameterStore RandomParameters(INetwork network, long seed = 1) =>
        new(network, NetworkInitialiser.Create(network, seed));
}
