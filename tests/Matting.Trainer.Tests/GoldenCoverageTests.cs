using Matting.Testing;

namespace Matting.Trainer.Tests;

public sealed class GoldenCoverageTests
{
    public static TheoryData<string, string> Operations => [.. GoldenCoverage.OfTraining];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_golden_case_is_run_by_a_test(string group, string op) =>
        Assert.Empty(GoldenCoverage.Missing(typeof(GoldenCoverageTests).Assembly, group, op));

    [Theory]
    [InlineData("augment")]
    [InlineData("layers")]
    [InlineData("loss")]
    [InlineData("lr")]
    [InlineData("train")]
    [InlineData("xray")]
    public void Every_operation_of_training_has_its_tests_in_one_of_the_two_projects(string group) =>
        Assert.Empty(Golden.Operations(group).Except(GoldenCoverage.OfPixels.Concat(GoldenCoverage.OfTraining).Where(known => known.Group == group).Select(known => known.Op)));

    [Fact]
    public void A_case_that_no_test_is_run_with_is_found() =>
        Assert.NotEmpty(GoldenCoverage.Missing(typeof(GoldenCoverageTests).Assembly, "augment", "rotate"));
}
