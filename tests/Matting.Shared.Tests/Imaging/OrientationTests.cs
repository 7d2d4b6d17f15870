using Matting.Shared.Imaging;
using Matting.Shared.Imaging.Decoding;

namespace Matting.Shared.Tests.Imaging;

public class OrientationTests
{
    // EXIF 2.32: 1 as stored, 2 mirrored, 3 half a turn, 4 upside down, 5 transposed, 6 a quarter turn right, 7 transposed
    // along the other diagonal, 8 a quarter turn left; here as what is done to the stored picture.
    private static PixelImage Upright(PixelImage image, int orientation) => orientation switch
    {
        1 => image,
        2 => Mirror(image),
        3 => Flip(Mirror(image)),
        4 => Flip(image),
        5 => Transpose(image),
        6 => Mirror(Transpose(image)),
        7 => Flip(Mirror(Transpose(image))),
        _ => Flip(Transpose(image)),
    };

    public static TheoryData<int> Orientations() => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Orientations))]
    public void A_camera_picture_is_turned_upright_by_default(int orientation)
    {
        string name = $"orientation{orientation}.jpg";
        PixelImage expected = Upright(Fixtures.Expected(name), orientation);
        SomePixels.AssertNear(expected, ImageFile.ReadRgb(Fixtures.PathOf(name)), Fixtures.Tolerance(name), name);
        SomePixels.AssertNear(GreyConversion.ToGrey(expected), ImageFile.ReadGrey(Fixtures.PathOf(name)), Fixtures.Tolerance(name, grey: true), name);
        ImageFileInfo info = ImageFile.Identify(Fixtures.PathOf(name));
        Assert.Equal((expected.Width, expected.Height), (info.Width, info.Height));
    }

    [Theory]
    [InlineData("orientation6.png", 6)]
    [InlineData("orientation8.webp", 8)]
    [InlineData("bigtiff.tif", 3)]
    public void Other_formats_carry_an_orientation_too(string name, int orientation) =>
        SomePixels.AssertEqual(Upright(Fixtures.Expected(name), orientation), ImageFile.ReadRgb(Fixtures.PathOf(name)), name);

    [Fact]
    public void Ignoring_the_orientation_leaves_pixels_and_size_as_stored()
    {
        ImageReadOptions ignore = new() { Orientation = ExifOrientation.Ignore };
        PixelImage stored = ImageFile.ReadRgb(Fixtures.PathOf("orientation6.jpg"), ignore);
        SomePixels.AssertNear(Fixtures.Expected("orientation6.jpg"), stored, Fixtures.Tolerance("orientation6.jpg"), "as stored");
        Assert.Equal(new ImageFileInfo(23, 17, "JPEG"), ImageFile.Identify(Fixtures.PathOf("orientation6.jpg"), ignore));
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Pictures_larger_than_a_tile_turn_like_small_ones(int orientation)
    {
        foreach ((int width, int height, int channels) in ((int, int, int)[])[(70, 131, 1), (129, 64, 3), (65, 66, 4), (1, 200, 3), (200, 1, 1)])
        {
            PixelImage image = SomePixels.Noise(width, height, channels);
            SomePixels.AssertEqual(Upright(image, orientation), OrientationTransform.Apply(image, orientation), $"{width}x{height}x{channels}");
        }
    }

    private static PixelImage Mirror(PixelImage image) => Map(image, image.Width, image.Height, (x, y) => (image.Width - 1 - x, y));

    private static PixelImage Flip(PixelImage image) => Map(image, image.Width, image.Height, (x, y) => (x, image.Height - 1 - y));

    private static PixelImage Transpose(PixelImage image) => Map(image, image.Height, image.Width, (x, y) => (y, x));

    private static PixelImage Map(PixelImage image, int width, int height, Func<int, int, (int X, int Y)> from)
    {
        PixelImage result = new(width, height, image.Channels);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int fromX, int fromY) = from(x, y);
                image.Row(fromY).Slice(fromX * image.Channels, image.Channels).CopyTo(result.Row(y)[(x * image.Channels)..]);
            }
        }
        return result;
    }
}
