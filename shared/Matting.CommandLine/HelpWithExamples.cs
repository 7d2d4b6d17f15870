using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Matting.CommandLine;

/// <summary>A command line to copy, and what it does.</summary>
/// <param name="Line">The whole line as typed, for instance <c>matting inspect model.onnx</c>.</param>
/// <param name="Meaning">One short sentence without a full stop.</param>
public sealed record CommandExample(string Line, string Meaning);

/// <summary>Help of a command with a section of examples at its end.</summary>
public static class HelpWithExamples
{
    private static readonly ConditionalWeakTable<Command, CommandExample[]> Examples = [];

    /// <summary>Gives a command the examples that its help shows.</summary>
    /// <returns>The same command.</returns>
    public static TCommand WithExamples<TCommand>(this TCommand command, params CommandExample[] examples) where TCommand : Command
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>Replaces the help option of a root command (and so of everything below it) by one that shows the examples.</summary>
    internal static void Install(RootCommand root)
    {
        foreach (HelpOption old in root.Options.OfType<HelpOption>().ToArray())
            root.Options.Remove(old);
        // the default aliases /h and /? are paths on Unix
        root.Options.Insert(0, new HelpOption("--help", "-h") { Action = new ShowHelp() });
    }

    private sealed class ShowHelp : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            new HelpAction().Invoke(parseResult);
            if (!Examples.TryGetValue(parseResult.CommandResult.Command, out CommandExample[]? examples) || examples.Length == 0)
                return ExitCodes.Done;
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (CommandExample example in examples)
            {
                output.WriteLine($"  {example.Line}");
                output.WriteLine($"      {example.Meaning}");
            }
            output.WriteLine();
            return ExitCodes.Done;
        }
    }
}
