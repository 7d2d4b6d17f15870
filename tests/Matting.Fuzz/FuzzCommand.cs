using System.CommandLine;
using Matting.CommandLine;
using Matting.Fuzz.Running;
using Matting.Fuzz.Targets;

namespace Matting.Fuzz;

/// <summary>The command line: a whole run, one input again, or the child of a run.</summary>
internal static class FuzzCommand
{
    public static RootCommand Create()
    {
        Option<string[]> target = new("--target") { Description = $"Targets to try; default all: {string.Join(", ", FuzzTargets.Names)}", HelpName = "NAME" };
        Option<long> seed = new("--seed") { Description = "Another seed gives other inputs", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<long?> inputs = new("--inputs") { Description = "Inputs of each target; default what the tests try", HelpName = "N" };
        Option<long?> index = new("--index") { Description = "Try this one input of one target in this process, and leave it in the folder", HelpName = "N" };
        Option<double?> minutes = new("--minutes") { Description = "Go on with further inputs until the time is over", HelpName = "N" };
        Option<double> hang = new("--hang") { Description = "Seconds of processor time after which an input counts as hanging", HelpName = "N", DefaultValueFactory = _ => 20 };
        Option<string> folder = new("--out") { Description = "Folder for the inputs that something was found with", HelpName = "DIR", DefaultValueFactory = _ => "fuzz" };
        Option<string?> child = new("--child") { Hidden = true };
        RootCommand command = new("Gives readers, models and the server damaged input, in child processes.") { target, seed, inputs, index, minutes, hang, folder, child };
        target.Validators.Add(result =>
        {
            foreach (string name in result.Tokens.Select(token => token.Value).Where(name => !FuzzTargets.Knows(name)))
                result.AddError($"--target {name}: known are {string.Join(", ", FuzzTargets.Names)}");
        });
        command.SetAction((parsed, cancellation) =>
        {
            string[] names = parsed.GetValue(target) is { Length: > 0 } chosen ? chosen : [.. FuzzTargets.Names];
            if (parsed.GetValue(child) is { } childTarget)
                return Task.FromResult(RunChild(new FuzzPart(childTarget, parsed.GetValue(seed), parsed.GetValue(index) ?? 0, parsed.GetValue(inputs) ?? 0)));
            if (parsed.GetValue(index) is { } one)
                return Task.FromResult(Replay(parsed.InvocationConfiguration.Output, names, parsed.GetValue(seed), one, parsed.GetValue(folder)!));
            FuzzRun run = new(new FuzzRunOptions
            {
                Targets = names,
                Seed = parsed.GetValue(seed),
                Inputs = parsed.GetValue(inputs),
                Time = parsed.GetValue(minutes) is { } time ? TimeSpan.FromMinutes(time) : null,
                HangLimit = TimeSpan.FromSeconds(parsed.GetValue(hang)),
                Folder = parsed.GetValue(folder)!,
            }, parsed.InvocationConfiguration.Output);
            return Task.FromResult(run.Run(cancellation).Count == 0 ? ExitCodes.Done : ExitCodes.Failed);
        });
        return command;
    }

    private static int RunChild(FuzzPart part)
    {
        using StreamWriter output = new(Console.OpenStandardOutput());
        ChildRun.Run(part, output);
        return ExitCodes.Done;
    }

    private static int Replay(TextWriter output, string[] names, long seed, long index, string folder)
    {
        if (names.Length != 1)
            throw new UserErrorException("--index: say of which --target");
        using FuzzTarget target = FuzzTargets.Create(names[0]);
        output.WriteLine(FuzzRun.SaveInput(folder, target, seed, index));
        output.Flush();
        FuzzFinding? finding = ChildRun.Try(target, seed, index, out bool wasRead);
        output.WriteLine(finding?.ToString() ?? (wasRead ? "was read" : "was refused, as it should be"));
        return finding is null ? ExitCodes.Done : ExitCodes.Failed;
    }
}
