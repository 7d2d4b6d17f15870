using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;
using Matting.Shared.Tests.Regions;
using Matting.Testing;

namespace Matting.Shared.Tests.Postprocessing;

public class CalibrationPostprocessTests
{
    // float32 arithmetic and a power of it against doubles: a few steps of 6e-8
    private const double Rounding = 2e-6;

    public static TheoryData<string> GoldenCases => Golden.Ids("post", "calibration_postprocess");

    [Theory]
    [MemberData(nameof(GoldenCases))]
    public void Golden_percentile_alpha_and_mask_come_out(string id)
    {
        GoldenCase golden = Golden.Case(id);
        Npy alpha = golden.Input("pred");
        CalibrationOptions options = new() { Percentile = golden.Params.GetProperty("percent").GetDouble(), Gamma = golden.Params.GetProperty("gamma").GetDouble() };
        Assert.Equal(CalibrationOptions.Default, options);
        CalibrationPostprocess process = new(options);
        float[] result = new float[alpha.Floats.Length];
        byte[] mask = new byte[result.Length];

        process.Apply(alpha.Floats, (int)alpha.Shape[1], (int)alpha.Shape[0], result);
        Quantise.Truncate(result, mask);

        // NumPy interpolates in float32
        Assert.Equal(golden.Expected.GetProperty("percentile").GetDouble(), process.FindPercentile(alpha.Floats), 2e-7);
        (double absolute, double relative) = golden.ToleranceOf("calibrated");
        Near.AssertClose(golden.Output("calibrated").Floats, result, absolute, relative, $"{id} calibrated");
        byte[] expected = golden.Output("mask").Bytes;
        int different = Enumerable.Range(0, mask.Length).Count(i => mask[i] != expected[i]);
        Assert.All(mask.Zip(expected), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, golden.ToleranceOf("mask").Absolute));
        // where truncation falls between two levels the last bit decides
        Assert.InRange(different, 0, Math.Max(2, mask.Length / 1000));
    }

    [Fact]
    public void Any_alpha_and_any_numbers_give_what_the_formula_says()
    {
        Gen<CalibrationOptions> options =
            from percentile in Gen.Elements(0.0, 1, 5, 50, 99.5)
            from gamma in Gen.Elements(0.5, 1, 1.3, 2.2)
            select new CalibrationOptions { Percentile = percentile, Gamma = gamma };
        Prop.ForAll(SomePlanes.Alpha.Zip(options).ToArbitrary(), pair =>
        {
            (Plane alpha, CalibrationOptions numbers) = pair;
            float[] expected = ScalarPostprocess.Calibrate(alpha, numbers), result = new float[expected.Length];
            numbers.Create().Apply(alpha.Values, alpha.Width, alpha.Height, result);
            // below 1 the power makes much of the last bit near 0, and so does a division by next to nothing
            bool steep = numbers.Gamma < 1 || numbers.Percentile > 5;
            if (!steep)
                Near.AssertClose(expected, result, Rounding);
            Assert.All(result, value => Assert.InRange(value, 0f, 1f));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(5, 9));
    }

    [Fact]
    public void A_larger_plane_gives_what_the_formula_says_also_in_place_and_with_used_memory()
    {
        CalibrationPostprocess process = new();
        foreach ((int width, int height) in (ReadOnlySpan<(int, int)>)[(211, 97), (64, 33), (1, 1)])
        {
            Plane alpha = SomePlanes.Random(width, height, 8, density: 1);
            float[] expected = ScalarPostprocess.Calibrate(alpha, CalibrationOptions.Default);
            float[] inPlace = [.. alpha.Values];
            process.Apply(inPlace, width, height, inPlace);
            Near.AssertClose(expected, inPlace, Rounding);
        }
    }

    [Fact]
    public void What_is_no_alpha_counts_as_the_nearest_one_and_what_is_no_number_as_0()
    {
        float[] hostile = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -3, 7, 0.5f], tame = [0, 1, 0, 0, 1, 0.5f];
        float[] fromHostile = new float[6], fromTame = new float[6];
        CalibrationPostprocess process = new();
        process.Apply(hostile, 3, 2, fromHostile);
        process.Apply(tame, 3, 2, fromTame);
        Assert.Equal(fromTame, fromHostile);
        Assert.Equal(process.FindPercentile(tame), process.FindPercentile(hostile));
    }

    [Fact]
    public void Planes_and_numbers_that_make_no_sense_are_refused()
    {
        CalibrationPostprocess process = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => process.Apply([], 0, 1, []));
        Assert.Throws<ArgumentException>(() => process.Apply(new float[5], 2, 3, new float[5]));
        Assert.Throws<ArgumentException>(() => process.FindPercentile([]));
        foreach (CalibrationOptions wrong in (ReadOnlySpan<CalibrationOptions>)
            [
                new() { Percentile = -1 }, new() { Percentile = 101 }, new() { Percentile = double.NaN },
                new() { Gamma = 0 }, new() { Gamma = double.NaN }, new() { Gamma = 11 }, new() { Epsilon = 0 }, new() { Epsilon = 2 },
            ])
            Assert.Throws<ArgumentException>(wrong.Create);
    }
}
