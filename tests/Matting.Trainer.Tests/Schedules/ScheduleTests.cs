using System.Text.Json;
using Matting.Testing;
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
