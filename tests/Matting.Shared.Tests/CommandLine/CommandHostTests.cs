using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;

namespace Matting.Shared.Tests.CommandLine;

public sealed class CommandHostTests
{
    [Fact]
    public void The_code_of_the_action_is_the_exit_code()
    {
        Assert.Equal(ExitCodes.PartFailed, CommandRun.Of(CommandRun.Root((_, _) => ExitCodes.PartFailed), ["work"]).ExitCode);
    }

    [Theory]
    [InlineData("work --sise 3", "did you mean '--size'")]
    [InlineData("wrok", "did you mean 'work'")]
    [InlineData("rest", "'rest' is not one of the commands work (see")]
    [InlineData("work --size", "--size")]
    [InlineData("work --size 3x", "expected a number of pixels")]
    [InlineData("work --size 1 --size 2", "--size")]
    [InlineData("", "command")]
    public void A_wrong_command_line_is_one_line_with_a_hint_and_code_2(string line, string said)
    {
        bool ran = false;
        RootCommand root = CommandRun.Root((_, _) => { ran = true; return 0; }, CommonOptions.Size("A size"));
        CommandRun run = CommandRun.Of(root, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.False(ran);
        Assert.Empty(run.Output);
        Assert.StartsWith($"{root.Name}: error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help`)", run.Error, StringComparison.Ordinal);
        AssertOneLine(run.Error);
    }

    [Theory]
    [InlineData("turn", "FILE is missing: A picture (see `")]
    [InlineData("turn a.png", "ANGLES is missing: Degrees, several are tried")]
    [InlineData("turn --size", "'--size'")]
    [InlineData("turn a.png 90 --sise", "--sise")]
    public void A_missing_argument_is_named_and_described(string line, string said)
    {
        Command turn = new("turn", "Turns a picture")
        {
            new Argument<string>("FILE") { Description = "A picture" },
            new Argument<int[]>("ANGLES") { Description = "Degrees, several are tried", Arity = ArgumentArity.OneOrMore },
            CommonOptions.Size("A size"),
        };
        turn.SetAction((_, _) => Task.FromResult(ExitCodes.Done));

        CommandRun run = CommandRun.Of(new RootCommand("A command line for tests") { turn }, line.Split(' '));

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains("turn --help`)", run.Error, StringComparison.Ordinal);
        AssertOneLine(run.Error);
    }

    public static TheoryData<Exception, string> KnownFailures => new()
    {
        { new UserErrorException("out.png: the file exists already"), "out.png: the file exists already" },
        { new IOException("disk full"), "disk full" },
        { new InvalidDataException("a.csv, row 3: no alpha_path"), "a.csv, row 3: no alpha_path" },
        { new UnauthorizedAccessException("Access to the path '/x' is denied."), "Access to the path '/x' is denied." },
        { new FileNotFoundException("Could not find file 'a.yaml'.", "a.yaml"), "a.yaml: there is no such file" },
        { new FileNotFoundException("no name is known"), "no name is known" },
        { new FakeUserError("a.pth: not a checkpoint"), "a.pth: not a checkpoint" },
        { new FakeUserError("2 problems:\n  row 3\n  row 7"), "2 problems:\n  row 3\n  row 7" },
        { new IOException("two\n lines"), "two lines" },
        { new AggregateException(new OperationCanceledException(), new IOException("worker: disk full")), "worker: disk full" },
        { new InsufficientMemoryException(), "out of memory: this size is too large here" },
        { new NativeException("DefaultCPUAllocator: can't allocate memory: you tried to allocate 2147483648 bytes."), "out of memory (2 GiB more were wanted): this size is too large here" },
        { new TypeInitializationException("X", new FakeUserError("inner cause")), "inner cause" },
    };

    [Theory]
    [MemberData(nameof(KnownFailures), DisableDiscoveryEnumeration = true)]
    public void A_failure_is_one_line_without_a_stack_and_code_1(Exception failure, string said)
    {
        RootCommand root = CommandRun.Root((_, _) => throw failure);
        CommandRun run = CommandRun.Of(root, ["work"]);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Equal($"{root.Name}: error: {said}{Environment.NewLine}", run.Error);
    }

    [Fact]
    public void A_bug_is_one_line_that_names_the_way_to_the_stack()
    {
        CommandRun run = CommandRun.Of(CommandRun.Root((_, _) => throw new InvalidOperationException("oops")), ["work"]);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("unexpected InvalidOperationException: oops (MATTING_TRACE=1 shows where)", run.Error, StringComparison.Ordinal);
        AssertOneLine(run.Error);
    }

    [Fact]
    public void A_missing_native_library_says_what_installs_it()
    {
        CommandRun run = CommandRun.Of(CommandRun.Root((_, _) => throw new DllNotFoundException("libtorch.so: cannot open")), ["work"]);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("libtorch.so", run.Error, StringComparison.Ordinal);
        Assert.Contains("--target=Setup", run.Error, StringComparison.Ordinal);
        AssertOneLine(run.Error);
    }

    [Fact]
    public void A_usage_error_found_by_the_command_itself_ends_with_code_2()
    {
        CommandRun run = CommandRun.Of(CommandRun.Root((_, _) => throw UserErrorException.Usage("--dynamic contradicts --size")), ["work"]);
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("--dynamic contradicts --size (see `", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_command_ends_with_130()
    {
        using CancellationTokenSource source = new();
        RootCommand root = CommandRun.Root((_, token) =>
        {
            source.Cancel();
            token.ThrowIfCancellationRequested();
            return ExitCodes.Done;
        });
        CommandRun run = CommandRun.Interruptible(root, ["work"], source.Token);
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Equal($"{root.Name}: interrupted{Environment.NewLine}", run.Error);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        CommandRun run = CommandRun.Of(CommandRun.Root((_, _) => throw new OperationCanceledException("timed out")), ["work"]);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("timed out", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_shows_usage_options_and_examples(string option)
    {
        RootCommand root = CommandRun.Root((_, _) => 0, CommonOptions.Size("Side of the pictures", new PictureSize(256, 256)));
        root.Subcommands[0].WithExamples(new CommandExample("tool work --size 512", "Works on 512 x 512"));
        CommandRun run = CommandRun.Of(root, ["work", option]);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Empty(run.Error);
        string[] parts = ["Usage:", "--size <N|HxW>", "256x256", "Examples:", "  tool work --size 512", "Works on 512 x 512"];
        Assert.All(parts, part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Version_prints_one_line()
    {
        CommandRun run = CommandRun.Of(CommandRun.Root((_, _) => 0), ["--version"]);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        AssertOneLine(run.Output);
    }

    [Fact]
    public void A_name_that_starts_with_an_at_sign_is_a_name()
    {
        Argument<string> picture = new("picture");
        string? seen = null;
        Command command = new("work") { picture };
        command.SetAction(parsed => { seen = parsed.GetValue(picture); return 0; });
        Assert.Equal(0, CommandRun.Of(new RootCommand { command }, ["work", "@1.png"]).ExitCode);
        Assert.Equal("@1.png", seen);
    }

    private static void AssertOneLine(string text)
    {
        Assert.EndsWith(Environment.NewLine, text, StringComparison.Ordinal);
        Assert.Single(text.TrimEnd().Split('\n'));
    }

    private sealed class FakeUserError(string message) : Exception(message), IUserFacingError;
}
