using Matting.CommandLine;

namespace Matting.Runtime.Tests.Cli;

public sealed class MattingCommandTests : CliTest
{
    [Theory]
    [InlineData("predict")]
    [InlineData("submit")]
    [InlineData("serve")]
    [InlineData("convert")]
    [InlineData("inspect")]
    [InlineData("doctor")]
    [InlineData("presets")]
    [InlineData("compare")]
    [InlineData("view")]
    [InlineData("bench")]
    public void Every_command_has_help_with_examples(string command)
    {
        CliRun run = CliRun.Of(command, "--help");
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains($" {command} ", run.Output[run.Output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_itself_has_help_with_examples()
    {
        CliRun run = CliRun.Of("--help");
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        string[] commands = ["predict", "submit", "serve", "convert", "inspect", "compare", "view", "bench", "doctor"];
        Assert.All(commands, command => Assert.Contains($"\n  matting {command}", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void A_slip_of_a_command_is_an_error_of_usage() => CliRun.Of("predcit", "--model", Model).FailsWith(ExitCodes.Usage, "predict");

    [Fact]
    public void A_model_can_be_inspected()
    {
        CliRun run = CliRun.Of("inspect", Model);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("matting", run.Output, StringComparison.Ordinal);
    }
}
