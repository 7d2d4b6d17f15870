using Matting.Fuzz.Corpus;
using Matting.Runtime.Tests.TinyModels;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.OddPictures;

/// <summary>Pictures at the edge of what pictures are, as files in memory.</summary>
internal static class OddPicture
{
    private static readonly Dictionary<string, Func<byte[]>> Makers = new(StringComparer.Ordinal)
    {
        ["black.png"] = () => ImageFile.EncodePng(Constant(31, 22, 3, 0)),
        ["grey.jpg"] = () => ImageFile.Encode("grey.jpg", Constant(40, 20, 3, 128)),
        ["white.webp"] = () => ImageFile.Encode("white.webp", Constant(17, 33, 3, 255)),
        ["one_pixel.png"] = () => ImageFile.EncodePng(Pictures.Rgb(1, 1)),
        ["one_grey_pixel.png"] = () => ImageFile.EncodePng(Constant(1, 1, 1, 77)),
        ["one_column.png"] = () => ImageFile.EncodePng(Pictures.Rgb(1, 10_000)),
        ["one_row.png"] = () => ImageFile.EncodePng(Pictures.Rgb(10_000, 1)),
        ["one_row.jpg"] = () => ImageFile.Encode("a.jpg", Pictures.Rgb(10_000, 1)),
        ["transparent.png"] = () => ImageFile.EncodePng(Transparent(Pictures.Rgb(23, 19))),
        ["transparent_black.png"] = () => ImageFile.EncodePng(new PixelImage(9, 11, 4)),
        ["sixteen_bits.png"] = () => SeedFiles.Named("rgb16.png"),
        ["sixteen_bits_and_alpha.png"] = () => SeedFiles.Named("rgba16.png"),
        ["sixteen_bits_grey.png"] = () => SeedFiles.Named("grey16.png"),
        ["sixteen_bits.tif"] = () => SeedFiles.Named("rgb16.tif"),
        ["one_bit.png"] = () => SeedFiles.Named("grey1.png"),
        ["grey_and_alpha.png"] = () => SeedFiles.Named("grey_alpha8.png"),
        ["palette_with_transparency.png"] = () => SeedFiles.Named("palette8_transparent.png"),
        ["key_colour.png"] = () => SeedFiles.Named("rgb8_key.png"),
        ["cmyk.jpg"] = () => SeedFiles.Named("cmyk.jpg"),
        ["inks_of_adobe.jpg"] = () => SeedFiles.Named("ycck.jpg"),
        ["cmyk.tif"] = () => SeedFiles.Named("cmyk.tif"),
        ["fax.tif"] = () => SeedFiles.Named("group4.tif"),
        ["animated.webp"] = () => SeedFiles.Named("animated.webp"),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    public static byte[] File(string name) => Makers[name]();

    /// <summary>Its colours as stored, whatever its transparency.</summary>
    public static PixelImage Rgb(string name) => ImageFile.ReadRgb(File(name), name);

    public static PixelImage Constant(int width, int height, int channels, byte level)
    {
        PixelImage picture = new(width, height, channels);
        Array.Fill(picture.Pixels, level);
        return picture;
    }

    /// <summary>The same colours, invisible.</summary>
    public static PixelImage Transparent(PixelImage rgb)
    {
        PixelImage rgba = new(rgb.Width, rgb.Height, 4);
        for (int i = 0; i < rgb.Width * rgb.Height; i++)
            rgb.Pixels.AsSpan(i * 3, 3).CopyTo(rgba.Pixels.AsSpan(i * 4));
        return rgba;
    }
}
