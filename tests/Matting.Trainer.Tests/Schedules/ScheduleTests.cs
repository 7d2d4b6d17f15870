using System.Text.Json;
using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Schedules;

namespace Matting.Trainer.Tests.Schedules;

public sealed class ScheduleTests
{
    public static TheoryData<string> Poly => Golden.Ids("lr", "poly_sequence");

    public static TheoryData<string> Plateau => Golden.Ids("lr", "plateau_sequence");

    [Theory]
    [MemberData(nameof(Poly))]
    public void Poly_decay_follows_the_golden_sequence(string id)
    {
        GoldenCase c = Golden.Case(id);
        PolySchedule schedule = new(Number(c, "lr0"), new PolyOptions
        {
            MinLr = Number(c, "eta_min"),
            Power = Number(c, "power"),
            Begin = (long)Number(c, "begin"),
            End = (long)Number(c, "end"),
        });

        Follow(c, (int)Number(c, "steps"), before: _ => schedule.Lr, after: _ => schedule.StepDone());
    }

    [Theory]
    [MemberData(nameof(Plateau))]
    public void Plateau_follows_the_golden_sequence(string id)
    {
        GoldenCase c = Golden.Case(id);
        double[] values = [.. c.Params.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];
        PlateauSchedule schedule = new(Number(c, "lr0"), new PlateauOptions
        {
            Factor = Number(c, "factor"),
            Patience = (int)Number(c, "patience"),
            MinLr = Number(c, "min_lr"),
            Threshold = Number(c, "threshold"),
            Cooldown = (int)Number(c, "cooldown"),
        });

        Follow(c, values.Length, before: i =>
        {
            schedule.EpochDone(values[i]);
            return schedule.Lr;
        }, after: _ => { });
    }

    [Fact]
    public void A_constant_rate_never_moves()
    {
        ConstantSchedule schedule = new(0.25);
        schedule.StepDone();
        schedule.EpochDone(1);
        Assert.Equal(0.25, schedule.Lr);
    }

    [Fact]
    public void Poly_decay_reaches_its_minimum_at_the_last_step()
    {
        PolySchedule schedule = new(1e-3, new PolyOptions { MinLr = 1e-5, Power = 0.9, End = 50 });
        List<double> rates = [];
        for (int step = 0; step < 60; step++, schedule.StepDone())
            rates.Add(schedule.Lr);

        Assert.Equal(1e-3, rates[0]);
        Assert.Equal(1e-5, rates[49], 1e-12);
        Assert.Equal(rates[49], rates[59]);
        Assert.Equal(rates, rates.OrderDescending());
    }

    [Fact]
    public void A_cosine_rises_in_a_straight_line_and_falls_to_its_minimum_at_the_last_step()
    {
        double[] rates = Rates(new CosineSchedule(0.8, new CosineOptions { MinLr = 0.1, WarmupSteps = 3, Steps = 12 }), 15);

        Near([0.2, 0.4, 0.6, 0.8], rates[..4]);
        for (int t = 3; t < 12; t++)
            Assert.Equal(0.1 + 0.7 * (1 + Math.Cos(Math.PI * (t - 3) / 8)) / 2, rates[t], 1e-12);
        Assert.Equal(0.45, rates[7], 1e-12);
        Assert.Equal([0.1, 0.1, 0.1, 0.1], rates[11..]);
    }

    [Theory]
    [InlineData(1, 0, new[] { 0.8, 0.8 })]
    [InlineData(2, 0, new[] { 0.8, 0.1, 0.1 })]
    [InlineData(2, 1, new[] { 0.4, 0.8, 0.8 })]
    public void The_shortest_cosines_still_reach_the_full_rate(long steps, long warmup, double[] expected) => Near(
        expected, Rates(new CosineSchedule(0.8, new CosineOptions { MinLr = 0.1, WarmupSteps = warmup, Steps = steps }), expected.Length));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(5, -1)]
    public void A_cosine_without_steps_is_refused(long steps, long warmup) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new CosineSchedule(1, new CosineOptions { Steps = steps, WarmupSteps = warmup }));

    [Fact]
    public void A_recipe_gives_the_cosine_its_share_of_the_run_for_the_warm_up()
    {
        ISchedule schedule = new CosineScheduleRecipe { Warmup = 0.25, MinLr = 0 }.Create(1, 10);

        Near([1.0 / 3, 2.0 / 3, 1], Rates(schedule, 3));
    }

    private static double[] Rates(ISchedule schedule, int count)
    {
        double[] rates = new double[count];
        for (int step = 0; step < count; step++, schedule.StepDone())
            rates[step] = schedule.Lr;
        return rates;
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach ((double want, double got) in expected.Zip(actual))
            Assert.Equal(want, got, 1e-12);
    }

    private static void Follow(GoldenCase c, int count, Func<int, double> before, Action<int> after)
    {
        double[] expected = [.. c.Expected.GetProperty("lr").EnumerateArray().Select(value => value.GetDouble())];
        (double absolute, double relative) = c.ToleranceOf("lr");
        Assert.Equal(expected.Length, count);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(expected[i], before(i), absolute + relative * Math.Abs(expected[i]));
            after(i);
        }
    }

    private static double Number(GoldenCase c, string name)
    {
        JsonElement value = c.Params.GetProperty(name);
        return value.GetDouble();
    }
}
