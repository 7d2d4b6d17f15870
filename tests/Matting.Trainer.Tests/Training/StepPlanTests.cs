using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

public sealed class StepPlanTests
{
    [Theory]
    [InlineData(5, 2, 1, "1|1|1")]
    [InlineData(5, 2, 2, "1/2 1/2|1")]
    [InlineData(7, 2, 2, "1/2 1/2|2/3 1/3")]
    [InlineData(8, 2, 2, "1/2 1/2|1/2 1/2")]
    [InlineData(5, 2, 9, "2/5 2/5 1/5")]
    [InlineData(1, 4, 3, "1")]
    [InlineData(6, 2, 2, "1/2 1/2|1")]
    public void Batches_share_a_step_by_their_samples(int samples, int batch, int accumulate, string expected)
    {
        StepPlan plan = new(samples, batch, accumulate);
        List<List<double>> steps = [];
        for (int i = 0; i * batch < samples; i++)
        {
            Assert.Equal(i == 0 || plan.Ends(i - 1), plan.Begins(i));
            if (plan.Begins(i))
                steps.Add([]);
            steps[^1].Add(plan.Share(i));
        }

        Assert.True(plan.Ends((samples - 1) / batch));
        Assert.Equal(expected.Split('|').Length, plan.Steps);
        Assert.Equal(expected.Split('|').Select(step => step.Split(' ').Select(Fraction)), steps);
    }

    [Fact]
    public void Numbers_near_the_end_of_the_range_do_not_overflow() => Assert.Equal(1, new StepPlan(int.MaxValue, 65_536, 65_536).Steps);

    private static double Fraction(string text) => text.Split('/') is [string above, string below]
        ? double.Parse(above, System.Globalization.CultureInfo.InvariantCulture) / double.Parse(below, System.Globalization.CultureInfo.InvariantCulture)
        : 1;
}
