namespace Matting.Shared.Networks;

/// <summary>
/// The residual U-blocks of U-2-Net (Qin et al., "U2-Net: Going deeper with nested U-structure for
/// salient object detection", 2020, section 3.1 and figure 2): a small U-net whose result is added
/// to its first convolution.
/// </summary>
internal static class ResidualUBlocks
{
    /// <summary>RSU-<paramref name="depth"/>: levels 2 to depth - 1 work at half the size of the level above, the deepest with dilation 2.</summary>
    public static T Pooled<T>(ITensorOps<T> ops, T x, string name, int depth, int inner, int channels)
    {
        T stem = ConvBlocks.ConvBnRelu(ops, x, $"{name}.rebnconvin", channels);
        T y = stem;
        Stack<T> skips = new();
        for (int level = 1; level < depth; level++)
        {
            y = ConvBlocks.ConvBnRelu(ops, level == 1 ? y : ConvBlocks.Halve(ops, y), $"{name}.rebnconv{level}", inner);
            skips.Push(y);
        }
        y = ConvBlocks.ConvBnRelu(ops, y, $"{name}.rebnconv{depth}", inner, dilation: 2);
        for (int level = depth - 1; level >= 1; level--)
        {
            T skip = skips.Pop();
            // the deepest two levels have one size
            T up = level == depth - 1 ? y : ops.UpsampleTo(y, skip, UpsampleMode.Bilinear);
            y = ConvBlocks.ConvBnRelu(ops, ops.Concat(up, skip), $"{name}.rebnconv{level}d", level == 1 ? channels : inner);
        }
        return ops.Add(y, stem);
    }

    /// <summary>RSU-4F: four levels of one size whose dilation doubles from level to level.</summary>
    public static T Dilated<T>(ITensorOps<T> ops, T x, string name, int inner, int channels)
    {
        T stem = ConvBlocks.ConvBnRelu(ops, x, $"{name}.rebnconvin", channels);
        T first = ConvBlocks.ConvBnRelu(ops, stem, $"{name}.rebnconv1", inner, dilation: 1);
        T second = ConvBlocks.ConvBnRelu(ops, first, $"{name}.rebnconv2", inner, dilation: 2);
        T third = ConvBlocks.ConvBnRelu(ops, second, $"{name}.rebnconv3", inner, dilation: 4);
        T fourth = ConvBlocks.ConvBnRelu(ops, third, $"{name}.rebnconv4", inner, dilation: 8);
        T y = ConvBlocks.ConvBnRelu(ops, ops.Concat(fourth, third), $"{name}.rebnconv3d", inner, dilation: 4);
        y = ConvBlocks.ConvBnRelu(ops, ops.Concat(y, second), $"{name}.rebnconv2d", inner, dilation: 2);
        y = ConvBlocks.ConvBnRelu(ops, ops.Concat(y, first), $"{name}.rebnconv1d", channels, dilation: 1);
        return ops.Add(y, stem);
    }
}
