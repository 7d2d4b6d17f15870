namespace Matting.Shared.Imaging;

/// <summary>From pixels to network input. The trainer and the runtime both call this and nothing else, so both feed a network the same bits.</summary>
public static class Preprocessing
{
    private static readonly float[] UnitLevels = NormalisationProfile.Unit.Levels(0).ToArray();

    /// <summary>
    /// Writes a picture as network input: planes R, G, B of <c>(x / 255 - mean) / std</c> in float32, exact to the bit.
    /// A value depends on one of 256 levels only, so it is looked up in the profile's table instead of being divided twice.
    /// </summary>
    /// <param name="rgb">A picture of three channels, at the network's size.</param>
    /// <param name="profile">The normalisation.</param>
    /// <param name="chw">Receives [3, H, W]: exactly <c>3 * H * W</c> values.</param>
    /// <param name="mirror">True writes the horizontally mirrored picture (the second half of flip-TTA).</param>
    /// <exception cref="ArgumentException">The picture is not RGB, or <paramref name="chw"/> has another length.</exception>
    public static void ToNchw(PixelImage rgb, NormalisationProfile profile, Span<float> chw, bool mirror = false)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentNullException.ThrowIfNull(profile);
        if (rgb.Channels != 3)
            throw new ArgumentException($"network input needs an RGB picture, got {rgb.Channels} channels", nameof(rgb));
        int plane = rgb.Width * rgb.Height;
        if (chw.Length != 3L * plane)
            throw new ArgumentException($"a picture of {rgb.Width}x{rgb.Height} fills {3L * plane} values, got room for {chw.Length}", nameof(chw));

        for (int y = 0; y < rgb.Height; y++)
        {
            int row = y * rgb.Width;
            Span<float> red = chw.Slice(row, rgb.Width);
            Span<float> green = chw.Slice(plane + row, rgb.Width);
            Span<float> blue = chw.Slice((2 * plane) + row, rgb.Width);
            PreprocessingKernels.SplitRow(rgb.Row(y), profile, red, green, blue);
            if (mirror)
            {
                red.Reverse();
                green.Reverse();
                blue.Reverse();
            }
        }
    }

    /// <summary>Writes an alpha map as the plane <c>x / 255</c> in float32, exact to the bit.</summary>
    /// <param name="grey">A picture of one channel.</param>
    /// <param name="plane">Receives [H, W]: exactly <c>H * W</c> values in 0..1.</param>
    /// <exception cref="ArgumentException">The picture is not grey, or <paramref name="plane"/> has another length.</exception>
    public static void AlphaToUnit(PixelImage grey, Span<float> plane)
    {
        ArgumentNullException.ThrowIfNull(grey);
        if (grey.Channels != 1)
            throw new ArgumentException($"an alpha map has one channel, got {grey.Channels}", nameof(grey));
        if (plane.Length != grey.Pixels.Length)
            throw new ArgumentException($"a map of {grey.Width}x{grey.Height} fills {grey.Pixels.Length} values, got room for {plane.Length}", nameof(plane));
        PreprocessingKernels.LookUp(grey.Pixels, UnitLevels, plane);
    }

    /// <summary>Brings a picture to the network's size with Pillow's bilinear resize; the same object when the size is right already.</summary>
    /// <param name="image">Any picture.</param>
    /// <param name="width">The network's width in pixels.</param>
    /// <param name="height">The network's height in pixels.</param>
    public static PixelImage ResizeForNetwork(PixelImage image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Width == width && image.Height == height ? image : PillowResize.Bilinear(image, width, height);
    }
}
