namespace Matting.Shared.Networks;

/// <summary>A network, defined once for every interpreter.</summary>
/// <remarks>
/// A definition has no state: <see cref="Forward"/> is called with one interpreter after the other,
/// from several threads too. Layers are applied in the order in which PyTorch's module registers
/// them, because that is the order of a checkpoint's entries.
/// </remarks>
public interface INetwork
{
    /// <summary>Name in recipes, on the command line and in exported models, for instance <c>u2netp</c>.</summary>
    string Name { get; }

    /// <summary>What it is for, for instance <c>matting</c>.</summary>
    string Task { get; }

    /// <summary>Channels of the image it takes.</summary>
    int InputChannels { get; }

    /// <summary>Names of what <see cref="Forward"/> returns, in that order.</summary>
    IReadOnlyList<string> OutputNames { get; }

    /// <summary>The output that is the prediction; the others serve the loss.</summary>
    string PredictionOutput { get; }

    /// <summary>Applies the network.</summary>
    /// <param name="ops">The interpreter.</param>
    /// <param name="image">A batch of normalised images, N x <see cref="InputChannels"/> x H x W.</param>
    /// <returns>The outputs of <see cref="OutputNames"/>.</returns>
    NamedOutputs<T> Forward<T>(ITensorOps<T> ops, T image);
}
