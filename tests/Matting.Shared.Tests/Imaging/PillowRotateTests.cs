using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class PillowRotateTests
{
    public static TheoryData<string> Cases() => Golden.Ids("augment", "rotate");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Golden_rotations_are_equal_to_the_byte(string id)
    {
        GoldenCase golden = Golden.Case(id);
        PixelImage source = SomePixels.FromNpy(golden.Input("image"));
        double degrees = golden.Params.GetProperty("degrees").GetDouble();
        byte fill = golden.Params.GetProperty("fill").GetByte();
        bool bilinear = golden.Params.GetProperty("bilinear").GetBoolean();
        PixelImage result = bilinear ? PillowRotate.Bilinear(source, degrees, fill) : PillowRotate.Nearest(source, degrees, fill);
        SomePixels.AssertEqual(SomePixels.FromNpy(golden.Output("image")), result, id);
    }

    [Fact]
    public void Any_angle_of_any_size_equals_the_scalar_twin()
    {
        Gen<int> side = Gen.Choose(1, 70);
        Gen<double> angle = Gen.OneOf(Gen.Choose(-1000, 1000).Select(tenths => tenths / 10.0), Gen.Elements(0, 90, -90, 180, 270, 360, 45, 1e-14, -1e-14, 1e-9, 179.99999999999997));
        Gen<(int, int, int, double, int)> turns =
            from width in side
            from height in Gen.OneOf(side, Gen.Constant(width))
            from channels in Gen.Elements(1, 3)
            from degrees in angle
            from seed in Gen.Choose(0, int.MaxValue)
            select (width, height, channels, degrees, seed);
        Prop.ForAll(turns.ToArbitrary(), t =>
        {
            PixelImage source = SomePixels.Noise(t.Item1, t.Item2, t.Item3, t.Item5);
            byte fill = (byte)t.Item5;
            SomePixels.AssertEqual(ScalarPillowRotate.Rotate(source, t.Item4, bilinear: true, fill), PillowRotate.Bilinear(source, t.Item4, fill), $"bilinear {t}");
            SomePixels.AssertEqual(ScalarPillowRotate.Rotate(source, t.Item4, bilinear: false, fill), PillowRotate.Nearest(source, t.Item4, fill), $"nearest {t}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(1, 3));
    }

    // Made with Pillow 9.4 of Image.frombytes("L", (5, 3), bytes(range(0, 150, 10))): .rotate(30, BILINEAR, fillcolor=7) and .rotate(-200, NEAREST, fillcolor=9)
    [Fact]
    public void A_small_picture_turns_as_pillow_turned_it()
    {
        PixelImage source = new(5, 3, 1, [.. Enumerable.Range(0, 15).Select(i => (byte)(10 * i))]);
        SomePixels.AssertEqual(new PixelImage(5, 3, 1, Bilinear30), PillowRotate.Bilinear(source, 30, 7));
        SomePixels.AssertEqual(new PixelImage(5, 3, 1, NearestMinus200), PillowRotate.Nearest(source, -200, 9));
    }

    private static readonly byte[] Bilinear30 = [7, 16, 31, 65, 96, 2, 36, 70, 103, 137, 43, 74, 108, 123, 7];
    private static readonly byte[] NearestMinus200 = [90, 130, 120, 110, 9, 40, 80, 70, 60, 100, 9, 30, 20, 10, 50];

    [Theory]
    [InlineData(0)]
    [InlineData(360)]
    [InlineData(-720)]
    public void A_full_turn_is_a_copy(double degrees)
    {
        PixelImage source = SomePixels.Noise(9, 7, 3);
        PixelImage result = PillowRotate.Bilinear(source, degrees, 0);
        SomePixels.AssertEqual(source, result);
        Assert.NotSame(source.Pixels, result.Pixels);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_angle_that_is_no_number_is_refused(double degrees)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PillowRotate.Bilinear(SomePixels.Noise(4, 4, 3), degrees, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PillowRotate.Nearest(SomePixels.Noise(4, 4, 1), degrees, 0));
    }

    [Fact]
    public void Pictures_that_cannot_be_rotated_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PillowRotate.Bilinear(SomePixels.Noise(4, 4, 4), 10, 0));
        Assert.Throws<ArgumentException>(() => PillowRotate.Nearest(new PixelImage(20_001, 1, 1), 10, 0));
        Assert.Throws<ArgumentNullException>(() => PillowRotate.Nearest(null!, 10, 0));
    }

    [Fact]
    public void The_largest_picture_stays_inside_the_fixed_point_numbers()
    {
        PixelImage wide = SomePixels.Noise(20_000, 3, 1);
        SomePixels.AssertEqual(ScalarPillowRotate.Rotate(wide, 133, bilinear: false, 9), PillowRotate.Nearest(wide, 133, 9));
    }
}
