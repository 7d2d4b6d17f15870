namespace Matting.Shared.Imaging;

/// <summary>What every operation on a picture and its alpha asks of the two.</summary>
internal static class AlphaPair
{
    /// <exception cref="ArgumentException">A wrong number of channels, or sizes that differ.</exception>
    internal static void Check(PixelImage rgb, PixelImage alpha)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentNullException.ThrowIfNull(alpha);
        if (rgb.Channels != 3)
            throw new ArgumentException($"the picture has to be RGB, got {rgb.Channels} channels", nameof(rgb));
        if (alpha.Channels != 1)
            throw new ArgumentException($"an alpha has one channel, got {alpha.Channels}", nameof(alpha));
        if (alpha.Width != rgb.Width || alpha.Height != rgb.Height)
            throw new ArgumentException($"an alpha of {alpha.Width}x{alpha.Height} does not fit a picture of {rgb.Width}x{rgb.Height}", nameof(alpha));
    }
}
