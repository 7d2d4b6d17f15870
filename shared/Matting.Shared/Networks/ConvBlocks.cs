namespace Matting.Shared.Networks;

/// <summary>Blocks of convolutions that networks share.</summary>
internal static class ConvBlocks
{
    private static readonly MaxPool2dSpec Halving = new(2, 2, ceilMode: true);

    /// <summary>A 3x3 convolution that keeps the size, batch normalisation, rectifier; named as U-2-Net names them.</summary>
    public static T ConvBnRelu<T>(ITensorOps<T> ops, T x, string name, int channels, int dilation = 1)
    {
        T y = ops.Conv2d(x, $"{name}.conv_s1", Conv2dSpec.Same(channels, kernel: 3, dilation));
        return ops.Relu(ops.BatchNorm2d(y, $"{name}.bn_s1", BatchNorm2dSpec.Default));
    }

    /// <summary>Halves height and width, rounded up.</summary>
    public static T Halve<T>(ITensorOps<T> ops, T x) => ops.MaxPool2d(x, Halving);
}
