namespace Matting.Shared.Networks;

/// <summary>How a map is resampled to another size.</summary>
public enum UpsampleMode
{
    /// <summary>Bilinear between pixel centres, edges repeated (PyTorch's <c>bilinear</c> with <c>align_corners=False</c>).</summary>
    Bilinear,

    /// <summary>The input pixel at floor(output index * input size / output size) (PyTorch's <c>nearest</c>).</summary>
    Nearest,
}

/// <summary>
/// A square convolution. The number of input channels is not said: it is that of the map it is
/// applied to.
/// </summary>
public sealed record Conv2dSpec
{
    /// <summary>A convolution of stride 1 without padding.</summary>
    /// <param name="outChannels">Channels of the result, at least 1.</param>
    /// <param name="kernel">Height and width of the kernel, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Conv2dSpec(int outChannels, int kernel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        OutChannels = outChannels;
        Kernel = kernel;
    }

    /// <summary>A convolution whose result has the height and width of its input (odd kernel, stride 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the kernel is even.</exception>
    public static Conv2dSpec Same(int outChannels, int kernel, int dilation = 1)
    {
        if (kernel % 2 == 0)
            throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "only an odd kernel keeps the size");
        return new(outChannels, kernel) { Dilation = dilation, Padding = dilation * (kernel - 1) / 2 };
    }

    /// <summary>Channels of the result.</summary>
    public int OutChannels { get; }

    /// <summary>Height and width of the kernel.</summary>
    public int Kernel { get; }

    /// <summary>Step of the kernel, at least 1.</summary>
    public int Stride { get; init => field = AtLeast(1, value, nameof(Stride)); } = 1;

    /// <summary>Zeroes added on all four sides, at least 0.</summary>
    public int Padding { get; init => field = AtLeast(0, value, nameof(Padding)); }

    /// <summary>Distance of neighbouring kernel taps, at least 1.</summary>
    public int Dilation { get; init => field = AtLeast(1, value, nameof(Dilation)); } = 1;

    /// <summary>Groups of channels that do not see each other; divides both channel counts.</summary>
    public int Groups { get; init => field = AtLeast(1, value, nameof(Groups)); } = 1;

    /// <summary>Whether a bias is added to every output channel.</summary>
    public bool Bias { get; init; } = true;

    private static int AtLeast(int least, int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }
}

/// <summary>A batch normalisation with scale and shift.</summary>
public sealed record BatchNorm2dSpec
{
    /// <summary>PyTorch's defaults: epsilon 1e-5, momentum 0.1.</summary>
    public static BatchNorm2dSpec Default { get; } = new();

    /// <summary>Added to the variance before the root.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Weight of a batch's statistics in the running ones.</summary>
    public double Momentum { get; init; } = 0.1;
}

/// <summary>A maximum over square windows.</summary>
public sealed record MaxPool2dSpec
{
    /// <summary>Windows of <paramref name="kernel"/> x <paramref name="kernel"/> pixels, <paramref name="stride"/> apart.</summary>
    /// <param name="kernel">Height and width of a window, at least 1.</param>
    /// <param name="stride">Distance of windows, at least 1.</param>
    /// <param name="padding">Pixels outside the map on all four sides that windows may cover, at most half the kernel.</param>
    /// <param name="ceilMode">Whether a last window that is only partly inside the map counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// Ceil mode with a kernel below stride + padding: windows could lie outside the map altogether,
    /// and engines disagree about those.
    /// </exception>
    public MaxPool2dSpec(int kernel, int stride, int padding = 0, bool ceilMode = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padding, kernel / 2);
        if (ceilMode && kernel < stride + padding)
            throw new ArgumentException($"ceil mode needs a kernel of at least stride + padding = {stride + padding}, not {kernel}", nameof(kernel));
        (Kernel, Stride, Padding, CeilMode) = (kernel, stride, padding, ceilMode);
    }

    /// <summary>Height and width of a window.</summary>
    public int Kernel { get; }

    /// <summary>Distance of windows.</summary>
    public int Stride { get; }

    /// <summary>Pixels outside the map on all four sides that windows may cover.</summary>
    public int Padding { get; }

    /// <summary>Whether a last window that is only partly inside the map counts.</summary>
    public bool CeilMode { get; }
}
