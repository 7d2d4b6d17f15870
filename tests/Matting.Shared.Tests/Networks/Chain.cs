using Matting.Shared.Networks;

namespace Matting.Shared.Tests.Networks;

/// <summary>Convolutions one after the other, three channels in and out; <paramref name="layers"/> are their names.</summary>
internal sealed class Chain(params string[] layers) : INetwork
{
    public string Name => "chain";

    public string Task => "test";

    public int InputChannels => 3;

    public IReadOnlyList<string> OutputNames { get; init; } = ["y"];

    public string PredictionOutput => OutputNames[0];

    public Conv2dSpec Spec { get; init; } = Conv2dSpec.Same(3, 3);

    public NamedOutputs<T> Forward<T>(ITensorOps<T> ops, T image)
    {
        foreach (string layer in layers)
            image = ops.Conv2d(image, layer, Spec);
        return new(("y", image));
    }
}
