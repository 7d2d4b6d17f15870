using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Metrics;
using Matting.Shared.Tests.Regions;
using Matting.Testing;

namespace Matting.Shared.Tests.Metrics;

public class AlphaErrorMeterTests
{
    // float32 arithmetic against doubles, over thousands of pixels whose rounding errors cancel
    private const double Relative = 2e-6;
    private const double Absolute = 1e-9;

    private static readonly string Fixtures = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Matting.Shared.Tests", "Fixtures", "Metrics");

    public static TheoryData<string> Pairs => [.. Directory.GetFiles(Fixtures, "*_errors.npy").Select(file => Path.GetFileName(file)[..^"_errors.npy".Length]).Order()];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_errors_are_those_that_Python_computed(string name)
    {
        (Plane prediction, Plane truth) = (Read(name, "pred"), Read(name, "true"));
        double[] e = Npy.Read(Path.Combine(Fixtures, $"{name}_errors.npy")).Doubles;
        AlphaErrors expected = new(e[0], e[1], e[2], e[3], e[4]);
        AssertClose(expected, new AlphaErrorMeter().Measure(prediction.Values, truth.Values, truth.Width, truth.Height), name);
        AssertClose(expected, ScalarErrors.Of(prediction, truth), $"{name}, the twin");
    }

    [Fact]
    public void Any_two_alphas_have_the_errors_of_the_definitions()
    {
        AlphaErrorMeter meter = new();
        Gen<(Plane, Plane)> some =
            from truth in SomePlanes.Alpha
            from prediction in Gen.Choose(0, 255).Select(level => level / 255f).ArrayOf(truth.Values.Length)
            select (new Plane(prediction, truth.Width), truth);
        Prop.ForAll(some.ToArbitrary(), pair =>
        {
            (Plane prediction, Plane truth) = pair;
            AssertClose(ScalarErrors.Of(prediction, truth), meter.Measure(prediction.Values, truth.Values, truth.Width, truth.Height), "any");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(7, 11));
    }

    [Theory]
    [InlineData(200, 131)]
    [InlineData(1, 77)]
    [InlineData(77, 1)]
    [InlineData(3, 3)]
    public void Noise_of_any_shape_has_the_errors_of_the_definitions(int width, int height)
    {
        AlphaErrorMeter meter = new();
        for (int seed = 1; seed <= 2; seed++)
        {
            (Plane prediction, Plane truth) = (SomePlanes.Random(width, height, seed, 0.9), SomePlanes.Random(width, height, seed + 10, 0.7));
            AssertClose(ScalarErrors.Of(prediction, truth), meter.Measure(prediction.Values, truth.Values, width, height), $"{width}x{height}");
        }
    }

    [Fact]
    public void An_alpha_has_no_error_against_itself_and_all_of_it_against_its_opposite()
    {
        Plane some = SomePlanes.Random(90, 50, 4);
        Assert.Equal(default, new AlphaErrorMeter().Measure(some.Values, some.Values, 90, 50));

        float[] ones = [.. Enumerable.Repeat(1f, 64 * 32)];
        AlphaErrors opposite = new AlphaErrorMeter().Measure(new float[ones.Length], ones, 64, 32);
        // nothing is connected at any level: phi is 1 for the zeros and 0 for the ones
        Assert.Equal(new AlphaErrors(1, 1, 2.048, 0, 2.048), opposite);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_no_number_leaves_no_error_a_number(float value)
    {
        float[] prediction = new float[70 * 3], truth = new float[70 * 3];
        prediction[100] = value;
        AlphaErrors errors = new AlphaErrorMeter().Measure(prediction, truth, 70, 3);
        Assert.False(errors.AreFinite);
        Assert.All([errors.Mse, errors.Mad, errors.Sad, errors.Gradient, errors.Connectivity], error => Assert.Equal(double.NaN, error));
    }

    [Fact]
    public void The_mean_counts_every_picture_the_same()
    {
        AlphaErrors mean = AlphaErrors.Mean([new(1, 2, 3, 4, 5), new(3, 4, 5, 6, 7), new(2, 3, 4, 5, 6)]);
        Assert.Equal(new AlphaErrors(2, 3, 4, 5, 6), mean);
        Assert.Throws<ArgumentException>(() => AlphaErrors.Mean([]));
    }

    [Fact]
    public void Planes_that_do_not_fit_are_refused()
    {
        AlphaErrorMeter meter = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => meter.Measure([], [], 0, 3));
        Assert.Throws<ArgumentException>(() => meter.Measure(new float[6], new float[5], 3, 2));
        Assert.Throws<ArgumentException>(() => meter.Measure(new float[5], new float[6], 3, 2));
        Assert.Throws<ArgumentException>(() => new GradientError().Of(new float[5], new float[6], 3, 2));
        Assert.Throws<ArgumentException>(() => new ConnectivityError().Of(new float[6], new float[5], 3, 2));
    }

    private static Plane Read(string name, string which)
    {
        Npy array = Npy.Read(Path.Combine(Fixtures, $"{name}_{which}.npy"));
        return new Plane(array.Floats, (int)array.Shape[1]);
    }

    private static void AssertClose(AlphaErrors expected, AlphaErrors actual, string what)
    {
        Close(expected.Mse, actual.Mse, "mse");
        Close(expected.Mad, actual.Mad, "mad");
        Close(expected.Sad, actual.Sad, "sad");
        Close(expected.Gradient, actual.Gradient, "gradient");
        Close(expected.Connectivity, actual.Connectivity, "connectivity");

        void Close(double wanted, double got, string name) =>
            Assert.True(Math.Abs(wanted - got) <= Absolute + (Relative * Math.Abs(wanted)), $"{what}: {name} is {got:R}, expected {wanted:R}");
    }
}
