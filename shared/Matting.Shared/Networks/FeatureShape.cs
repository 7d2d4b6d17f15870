namespace Matting.Shared.Networks;

/// <summary>Shape of the feature maps of one image.</summary>
/// <param name="Channels">Number of maps.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
public readonly record struct FeatureShape(int Channels, int Height, int Width)
{
    /// <summary>Values in all maps.</summary>
    public long ElementCount => (long)Channels * Height * Width;

    /// <summary>Channels x height x width.</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
