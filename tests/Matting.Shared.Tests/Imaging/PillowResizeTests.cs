using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Imaging;
using Matting.Shared.Imaging.Resizing;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class PillowResizeTests
{
    public static TheoryData<string> Cases() => Golden.Ids("resize");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Golden_resizes_are_equal_to_the_byte(string id)
    {
        GoldenCase golden = Golden.Case(id);
        PixelImage result = PillowResize.Bilinear(
            SomePixels.FromNpy(golden.Input("image")), golden.Params.GetProperty("width").GetInt32(), golden.Params.GetProperty("height").GetInt32());
        SomePixels.AssertEqual(SomePixels.FromNpy(golden.Output("image")), result, id);
    }

    [Fact]
    public void Any_size_to_any_size_equals_the_scalar_twin()
    {
        Gen<int> size = Gen.Frequency((6, Gen.Choose(1, 40)), (2, Gen.Choose(41, 300)), (1, Gen.Constant(1)));
        Gen<(int, int, int, int, int, int)> sizes =
            from channels in Gen.Elements(1, 3)
            from width in size
            from height in size
            from newWidth in size
            from newHeight in size
            from seed in Gen.Choose(0, int.MaxValue)
            select (channels, width, height, newWidth, newHeight, seed);
        Prop.ForAll(sizes.ToArbitrary(), s =>
        {
            PixelImage source = SomePixels.Noise(s.Item2, s.Item3, s.Item1, s.Item6);
            SomePixels.AssertEqual(ScalarPillowResize.Bilinear(source, s.Item4, s.Item5), PillowResize.Bilinear(source, s.Item4, s.Item5), s.ToString());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(1, 3));
    }

    [Theory]
    [InlineData(1, 5000, 1, 1)]
    [InlineData(5000, 1, 1, 1)]
    [InlineData(1, 1, 700, 3)]
    [InlineData(40_000, 2, 3, 2)]
    [InlineData(3, 40_000, 2, 1)]
    public void Huge_ratios_equal_the_scalar_twin(int width, int height, int newWidth, int newHeight)
    {
        foreach (int channels in (int[])[1, 3])
        {
            PixelImage source = SomePixels.Noise(width, height, channels);
            SomePixels.AssertEqual(ScalarPillowResize.Bilinear(source, newWidth, newHeight), PillowResize.Bilinear(source, newWidth, newHeight));
        }
    }

    [Fact]
    public void White_stays_white_when_tens_of_thousands_of_weights_were_rounded_up()
    {
        PixelImage white = SomePixels.Filled(60_000, 1, 1, 255);
        Assert.Equal(255, PillowResize.Bilinear(white, 1, 1).Pixels[0]);
        Assert.Equal(255, PillowResize.Bilinear(new PixelImage(1, 60_000, 1, white.Pixels), 1, 1).Pixels[0]);
    }

    // Made with Pillow 9.4: Image.frombytes("RGBA", (3, 2), bytes(range(17, 17 + 24 * 9, 9))).resize((2, 3), BILINEAR)
    [Fact]
    public void Rgba_is_resized_with_colours_weighted_by_alpha()
    {
        PixelImage source = new(3, 2, 4, [.. Enumerable.Range(0, 24).Select(i => (byte)(17 + (9 * i)))]);
        SomePixels.AssertEqual(new PixelImage(2, 3, 4, RgbaExpectation), PillowResize.Bilinear(source, 2, 3));
    }

    private static readonly byte[] RgbaExpectation = [35, 43, 52, 58, 76, 86, 96, 103, 113, 122, 132, 112, 149, 159, 168, 157, 141, 149, 158, 166, 184, 193, 203, 211];

    [Fact]
    public void The_same_size_gives_a_copy()
    {
        PixelImage source = SomePixels.Noise(9, 7, 3);
        PixelImage result = PillowResize.Bilinear(source, 9, 7);
        SomePixels.AssertEqual(source, result);
        Assert.NotSame(source.Pixels, result.Pixels);
        Assert.Same(source, Preprocessing.ResizeForNetwork(source, 9, 7));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(-1, 5)]
    [InlineData(70_000, 70_000)]
    public void Sizes_that_make_no_picture_are_refused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PillowResize.Bilinear(SomePixels.Noise(4, 4, 3), width, height));

    [Fact]
    public void An_intermediate_beyond_two_gigabytes_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PillowResize.Bilinear(SomePixels.Filled(1, 300_000, 1, 0), 30_000, 1));

    [Fact]
    public void The_portable_multiplication_of_pairs_equals_the_processors_own()
    {
        Random random = new(1);
        Span<short> numbers = stackalloc short[32];
        Span<int> expected = stackalloc int[8];
        for (int round = 0; round < 500; round++)
        {
            foreach (ref short number in numbers)
                number = (short)random.Next(-16384, 16385);
            for (int i = 0; i < 8; i++)
                expected[i] = (numbers[2 * i] * numbers[16 + (2 * i)]) + (numbers[(2 * i) + 1] * numbers[17 + (2 * i)]);
            Vector256<short> a = Vector256.Create<short>(numbers[..16]);
            Vector256<short> b = Vector256.Create<short>(numbers[16..]);
            Assert.Equal(Vector256.Create<int>(expected), PillowResizeKernels.MultiplyAddPairs(a, b));
            Assert.Equal(Vector256.Create<int>(expected), PillowResizeKernels.MultiplyAddPairsPortable(a, b));
        }
    }
}
