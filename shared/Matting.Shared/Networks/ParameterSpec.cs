using Matting.Shared.Weights;

namespace Matting.Shared.Networks;

/// <summary>What a parameter or buffer is for.</summary>
public enum ParameterKind
{
    /// <summary>Weights of a convolution, output channels x input channels per group x height x width.</summary>
    Weight,

    /// <summary>Bias of a convolution, one per output channel.</summary>
    Bias,

    /// <summary>Scale of a normalisation, one per channel.</summary>
    NormScale,

    /// <summary>Shift of a normalisation, one per channel.</summary>
    NormShift,

    /// <summary>Running mean of a normalisation, one per channel.</summary>
    RunningMean,

    /// <summary>Running variance of a normalisation, one per channel.</summary>
    RunningVar,

    /// <summary>Number of batches that a normalisation has seen.</summary>
    BatchCount,
}

/// <summary>One entry of a network's state: a parameter or a buffer.</summary>
/// <param name="Name">PyTorch's name, for instance <c>stage1.rebnconvin.conv_s1.weight</c>.</param>
/// <param name="Shape">Its dimensions; none for a single number.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Initialiser">How a new network chooses it.</param>
public sealed record ParameterSpec(string Name, IReadOnlyList<long> Shape, ParameterKind Kind, Initialiser Initialiser)
{
    /// <summary>Whether an optimiser changes it (the others are statistics).</summary>
    public bool Trainable => Kind is ParameterKind.Weight or ParameterKind.Bias or ParameterKind.NormScale or ParameterKind.NormShift;

    /// <summary>Type of its values.</summary>
    public ElementType Type => Kind == ParameterKind.BatchCount ? ElementType.Int64 : ElementType.Float32;

    /// <summary>Number of its values.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
}
