namespace Matting.Shared.Networks;

/// <summary>What each operation makes of a shape, by PyTorch's formulas.</summary>
internal static class ShapeRules
{
    public static FeatureShape Conv2d(FeatureShape x, string name, Conv2dSpec spec)
    {
        if (x.Channels % spec.Groups != 0 || spec.OutChannels % spec.Groups != 0)
            throw new NetworkException($"{name}: {spec.Groups} groups do not divide {x.Channels} input and {spec.OutChannels} output channels");
        int extent = spec.Dilation * (spec.Kernel - 1) + 1;
        return new(spec.OutChannels, Windows(x.Height), Windows(x.Width));

        int Windows(int size)
        {
            int room = size + 2 * spec.Padding - extent;
            return room >= 0
                ? room / spec.Stride + 1
                : throw new NetworkException($"{name}: a kernel spanning {extent} pixels does not fit into {x.Height}x{x.Width} with padding {spec.Padding}; the image is too small");
        }
    }

    public static FeatureShape MaxPool2d(FeatureShape x, MaxPool2dSpec spec)
    {
        return new(x.Channels, Windows(x.Height), Windows(x.Width));

        int Windows(int size)
        {
            int room = size + 2 * spec.Padding - spec.Kernel;
            if (spec.CeilMode)
                room += spec.Stride - 1;
            return room >= 0
                ? room / spec.Stride + 1
                : throw new NetworkException($"a pool of {spec.Kernel}x{spec.Kernel} does not fit into {x.Height}x{x.Width}; the image is too small");
        }
    }

    public static FeatureShape UpsampleTo(FeatureShape x, FeatureShape like) => like with { Channels = x.Channels };

    public static FeatureShape UpsampleBy(FeatureShape x, int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        return x with { Height = checked(x.Height * factor), Width = checked(x.Width * factor) };
    }

    public static FeatureShape Concat(ReadOnlySpan<FeatureShape> xs)
    {
        if (xs.IsEmpty)
            throw new ArgumentException("nothing to concatenate", nameof(xs));
        int channels = 0;
        foreach (FeatureShape x in xs)
        {
            if (x.Height != xs[0].Height || x.Width != xs[0].Width)
                throw new NetworkException($"maps of {xs[0]} and {x} cannot be concatenated; the network does not take images of this size");
            channels += x.Channels;
        }
        return xs[0] with { Channels = channels };
    }

    public static FeatureShape Add(FeatureShape a, FeatureShape b) => a == b
        ? a
        : throw new NetworkException($"maps of {a} and {b} cannot be added; the network does not take images of this size");

    public static FeatureShape Mul(FeatureShape a, FeatureShape b) => a == b || a == (b with { Channels = a.Channels }) && b.Channels == 1
        ? a
        : throw new NetworkException($"maps of {a} cannot be multiplied by maps of {b}; the network does not take images of this size");
}
