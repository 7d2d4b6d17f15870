using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Shared.Postprocessing;

namespace Matting.Server.Http;

/// <summary>The post-process that a query asks for, read by the options of the commands: the same names, ranges and messages.</summary>
internal static class PostQuery
{
    private const string Dashes = "--";

    // what begins with @ would be the name of a file with further options
    private static readonly ParserConfiguration NoFiles = new() { ResponseFileTokenReplacer = null };

    private static readonly PostprocessArguments Arguments = new();
    private static readonly Command Command = WithArguments();

    /// <summary>The names: post, and the numbers of each.</summary>
    public static IReadOnlySet<string> Names { get; } = Command.Options.Select(option => option.Name[Dashes.Length..]).ToHashSet(StringComparer.Ordinal);

    /// <param name="given">Names that are among <see cref="Names"/>, and their values.</param>
    /// <exception cref="ProblemException">A value is wrong, or belongs to a post-process that is not asked for.</exception>
    public static PostprocessOptions? Read(IEnumerable<(string Name, string Value)> given)
    {
        ParseResult parsed = Command.Parse([.. given.Select(option => $"{Dashes}{option.Name}={RequestOptions.Shown(option.Value)}")], NoFiles);
        if (parsed.Errors.Count > 0)
            throw InWordsOfTheQuery(parsed.Errors[0].Message);
        try
        {
            return Arguments.Read(parsed)[0];
        }
        catch (UserErrorException failure)
        {
            throw InWordsOfTheQuery(failure.Message);
        }
    }

    private static ProblemException InWordsOfTheQuery(string message) => ProblemException.BadRequest(message.Replace(Dashes, "", StringComparison.Ordinal));

    private static Command WithArguments()
    {
        Command command = new("query");
        Arguments.AddTo(command);
        return command;
    }
}
