using Matting.Testing;

namespace Matting.Shared.Tests;

public sealed class GoldenCoverageTests
{
    public static TheoryData<string, string> Operations => [.. GoldenCoverage.OfPixels];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_golden_case_is_run_by_a_test(string group, string op) =>
        Assert.Empty(GoldenCoverage.Missing(typeof(GoldenCoverageTests).Assembly, group, op));
}
