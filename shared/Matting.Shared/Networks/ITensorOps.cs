namespace Matting.Shared.Networks;

/// <summary>
/// The operations that networks are written in. A definition calls them on values of any kind; what
/// a value is and what a call does belongs to the interpreter: shapes (<see cref="NetworkSpecs"/>,
/// <see cref="NetworkCost"/>), tensors of an engine, or nodes of an ONNX graph.
/// </summary>
/// <remarks>
/// Values are batches of feature maps, N x C x H x W. Training or evaluation mode, the seed of a
/// dropout, precision and memory layout are the interpreter's business, never the network's.
/// Names of layers are those of the PyTorch modules; parameters append <c>.weight</c> and so on.
/// </remarks>
/// <typeparam name="T">What stands for a batch of feature maps.</typeparam>
public interface ITensorOps<T>
{
    /// <summary>Two-dimensional convolution (cross-correlation, zero padding) with the parameters of layer <paramref name="name"/>.</summary>
    T Conv2d(T x, string name, Conv2dSpec spec);

    /// <summary>Normalises each channel: by the batch's statistics while training, by the running ones otherwise.</summary>
    T BatchNorm2d(T x, string name, BatchNorm2dSpec spec);

    /// <summary>max(x, 0).</summary>
    T Relu(T x);

    /// <summary>1 / (1 + exp(-x)).</summary>
    T Sigmoid(T x);

    /// <summary>The largest value of each window; places outside the map never win.</summary>
    T MaxPool2d(T x, MaxPool2dSpec spec);

    /// <summary>Resamples to the height and width of <paramref name="like"/>, whose values do not matter.</summary>
    T UpsampleTo(T x, T like, UpsampleMode mode);

    /// <summary>Resamples to <paramref name="factor"/> times the height and width.</summary>
    T UpsampleBy(T x, int factor, UpsampleMode mode);

    /// <summary>Puts the channels of maps of equal height and width one after the other.</summary>
    T Concat(params ReadOnlySpan<T> xs);

    /// <summary>Sum of two maps of equal shape.</summary>
    T Add(T a, T b);

    /// <summary>Product of two maps of equal shape; a one-channel <paramref name="b"/> multiplies every channel of <paramref name="a"/>.</summary>
    T Mul(T a, T b);

    /// <summary>
    /// While training: zeroes whole channels with the given probability and scales the others by
    /// 1 / (1 - probability). Otherwise the identity. The name keys the random numbers.
    /// </summary>
    T Dropout2d(T x, string name, double probability);
}
