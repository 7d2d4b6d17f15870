using Matting.Shared.Imaging.Rotating;

namespace Matting.Shared.Imaging;

/// <summary>
/// Pillow's <c>rotate</c> without expansion, equal to it byte for byte: the picture turns counter-clockwise about its centre
/// (w/2, h/2) and keeps its size; what comes from outside is <c>fill</c>. 0 and 180 degrees, and 90 and 270 of a square
/// picture, move whole pixels. Formulas: the golden data's README, after Pillow's <c>Image.rotate</c> and <c>Geometry.c</c>.
/// </summary>
public static class PillowRotate
{
    // The nearest variant counts in 16.16 fixed point; a corner of a larger picture could turn out of its range.
    private const int LongestSide = 20_000;

    /// <summary>Bilinear: between the four neighbours, in double, truncated to 8 bits.</summary>
    /// <param name="source">A picture of 1 or 3 channels, up to 20,000 pixels wide and high.</param>
    /// <param name="degrees">The angle, counter-clockwise; any finite number.</param>
    /// <param name="fill">The level of what lies outside, for every channel.</param>
    /// <returns>A new picture of the same size.</returns>
    /// <exception cref="ArgumentException">The picture has 4 channels or is larger.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The angle is not finite.</exception>
    public static PixelImage Bilinear(PixelImage source, double degrees, byte fill)
    {
        if (WholePixels(source, degrees) is { } moved)
            return moved;
        PixelImage result = new(source.Width, source.Height, source.Channels) { ColourProfile = source.ColourProfile };
        RotationMatrix matrix = RotationMatrix.Of(degrees, source.Width, source.Height);
        for (int y = 0; y < result.Height; y++)
        {
            if (source.Channels == 1)
                BilinearRotation.GreyRow(source, matrix, y, fill, result.Row(y));
            else
                BilinearRotation.RgbRow(source, matrix, y, fill, result.Row(y));
        }
        return result;
    }

    /// <summary>Nearest neighbour, with coordinates in 16.16 fixed point.</summary>
    /// <inheritdoc cref="Bilinear"/>
    public static PixelImage Nearest(PixelImage source, double degrees, byte fill)
    {
        if (WholePixels(source, degrees) is { } moved)
            return moved;
        PixelImage result = new(source.Width, source.Height, source.Channels) { ColourProfile = source.ColourProfile };
        RotationMatrix matrix = RotationMatrix.Of(degrees, source.Width, source.Height);
        NearestRotation.Fill(source, matrix, fill, result);
        return result;
    }

    private static PixelImage? WholePixels(PixelImage source, double degrees)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!double.IsFinite(degrees))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "an angle must be finite");
        if (source.Channels == 4 || source.Width > LongestSide || source.Height > LongestSide)
            throw new ArgumentException($"pictures of 1 or 3 channels up to {LongestSide}x{LongestSide} can be rotated, not {source.Width}x{source.Height} of {source.Channels}", nameof(source));
        bool square = source.Width == source.Height;
        return RotationMatrix.Turn(degrees) switch
        {
            0 => new PixelImage(source.Width, source.Height, source.Channels, [.. source.Pixels]) { ColourProfile = source.ColourProfile },
            180 => PixelTransforms.HalfTurn(source),
            90 when square => PixelTransforms.QuarterTurn(source),
            270 when square => PixelTransforms.QuarterTurn(PixelTransforms.HalfTurn(source)),
            _ => null,
        };
    }
}
