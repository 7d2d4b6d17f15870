using System.Diagnostics;
using Matting.Shared.Tests.Metrics;
using Matting.Shared.Tests.Postprocessing;

namespace Matting.Shared.Tests.Imaging;

/// <summary>Runs the tests of vectorised code once more in a process whose processor has no vector instructions.</summary>
public class WithoutVectorsTests
{
    // Tests beside this process use the same cores: the other one has only a few small tests to run.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Pixel_operations_are_right_without(string instructions)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string program = Path.Combine(AppContext.BaseDirectory, "Matting.Shared.Tests.dll");
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(program);
        Type[] classes =
        [
            typeof(PillowResizeTests), typeof(PillowRotateTests), typeof(PillowEnhanceTests), typeof(PixelTransformsTests),
            typeof(GreyConversionTests), typeof(QuantiseTests), typeof(ComponentPostprocessTests), typeof(CalibrationPostprocessTests),
            typeof(AlphaErrorMeterTests), typeof(ForegroundEstimationTests), typeof(CompositingTests),
        ];
        foreach (string argument in (string[])["--filter-class", .. classes.Select(tested => tested.FullName!)])
            start.ArgumentList.Add(argument);
        start.Environment[instructions] = "0";
        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("failed: 0", output, StringComparison.Ordinal);
    }
}
