using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class PixelTransformsTests
{
    public static TheoryData<string> Crops() => Golden.Ids("augment", "crop");

    public static TheoryData<string> Flips() => Golden.Ids("augment", "hflip");

    [Theory]
    [MemberData(nameof(Crops))]
    public void Golden_crops_are_equal_to_the_byte(string id)
    {
        GoldenCase golden = Golden.Case(id);
        int Param(string name) => golden.Params.GetProperty(name).GetInt32();
        PixelImage result = PixelTransforms.Crop(SomePixels.FromNpy(golden.Input("image")), Param("left"), Param("top"), Param("width"), Param("height"));
        SomePixels.AssertEqual(SomePixels.FromNpy(golden.Output("image")), result, id);
    }

    [Theory]
    [MemberData(nameof(Flips))]
    public void Golden_flips_are_equal_to_the_byte(string id)
    {
        GoldenCase golden = Golden.Case(id);
        SomePixels.AssertEqual(SomePixels.FromNpy(golden.Output("image")), PixelTransforms.FlipHorizontal(SomePixels.FromNpy(golden.Input("image"))), id);
    }

    [Fact]
    public void A_crop_of_any_place_equals_looking_every_pixel_up()
    {
        foreach (int channels in (int[])[1, 3, 4])
        {
            PixelImage source = SomePixels.Noise(6, 5, channels);
            for (int left = -8; left < 8; left++)
            {
                for (int top = -7; top < 7; top++)
                {
                    PixelImage cut = PixelTransforms.Crop(source, left, top, 7, 3);
                    for (int i = 0; i < cut.Pixels.Length; i++)
                    {
                        int x = left + (i / channels % 7), y = top + (i / cut.Stride);
                        byte expected = x is >= 0 and < 6 && y is >= 0 and < 5 ? source.Row(y)[(x * channels) + (i % channels)] : (byte)0;
                        Assert.Equal(expected, cut.Pixels[i]);
                    }
                }
            }
        }
    }

    [Fact]
    public void The_whole_picture_is_not_copied()
    {
        PixelImage source = SomePixels.Noise(6, 5, 3);
        Assert.Same(source, PixelTransforms.Crop(source, 0, 0, 6, 5));
    }

    [Theory]
    [InlineData(int.MinValue, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(0, 1000)]
    public void A_crop_far_away_is_black(int left, int top) =>
        Assert.All(PixelTransforms.Crop(SomePixels.Filled(6, 5, 3, 9), left, top, 4, 4).Pixels, level => Assert.Equal(0, level));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, -1)]
    public void A_crop_without_pixels_is_refused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelTransforms.Crop(SomePixels.Noise(6, 5, 3), 0, 0, width, height));

    [Fact]
    public void A_flip_of_any_width_exchanges_left_and_right()
    {
        foreach (int channels in (int[])[1, 3, 4])
        {
            for (int width = 1; width < 40; width++)
            {
                PixelImage source = SomePixels.Noise(width, 2, channels, width);
                PixelImage flipped = PixelTransforms.FlipHorizontal(source);
                for (int i = 0; i < source.Pixels.Length; i++)
                {
                    int mirrored = ((width - 1 - (i / channels % width)) * channels) + (i % channels);
                    Assert.Equal(source.Pixels[i], flipped.Row(i / source.Stride)[mirrored]);
                }
                SomePixels.AssertEqual(source, PixelTransforms.FlipHorizontal(flipped));
            }
        }
    }
}
