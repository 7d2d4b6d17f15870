using System.CommandLine;
using System.CommandLine.Parsing;
using Matting.CommandLine.Options;

namespace Matting.CommandLine;

/// <summary>What a command says about arguments it does not understand: one line and a hint.</summary>
internal static class UsageText
{
    // a typing slip changes few letters; a longer distance proposes nonsense
    private const int LargestSlip = 3;

    public static string Of(ParseResult parsed)
    {
        // the first error is the cause; what follows it is often its consequence, but an unknown option comes before what it was to give
        string? unknown = CommonOptions.UnknownOptionIn(parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens));
        string message = unknown is not null ? CommonOptions.UnknownOption(unknown)
            : IsUnknownCommand(parsed) ? $"'{parsed.UnmatchedTokens[0]}' is not one of the commands {string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(command => command.Name))}"
            : MissingArgument(parsed) ?? parsed.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        string? slip = (unknown ?? (parsed.UnmatchedTokens is [var first, ..] ? first : null)) is { } meant ? NearestTo(meant, parsed.CommandResult) : null;
        if (slip is not null)
            message += $", did you mean '{slip}'?";
        return WithHint(message, parsed);
    }

    // the parser itself only says that a command is required
    private static bool IsUnknownCommand(ParseResult parsed) =>
        parsed.UnmatchedTokens.Count > 0 && !parsed.UnmatchedTokens[0].StartsWith('-') && parsed.CommandResult.Command is { Action: null, Subcommands.Count: > 0 };

    // the parser itself names the command only, not what it lacks
    private static string? MissingArgument(ParseResult parsed)
    {
        if (parsed.Errors[0].SymbolResult is OptionResult)
            return null;
        Argument? missing = parsed.CommandResult.Command.Arguments.FirstOrDefault(argument =>
            (parsed.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues);
        return missing is null ? null : $"{missing.Name} is missing: {missing.Description}";
    }

    public static string WithHint(string message, ParseResult parsed) => $"{message} (see `{PathOf(parsed.CommandResult)} --help`)";

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : result.Command.Name;

    private static string? NearestTo(string token, CommandResult result)
    {
        IEnumerable<string> known = result.Command.Subcommands.Select(command => command.Name)
            .Concat(result.Command.Options.Where(option => !option.Hidden).Select(option => option.Name));
        (string? best, int bestDistance) = (null, LargestSlip + 1);
        foreach (string name in known)
        {
            int distance = Distance(token, name);
            if (distance < bestDistance)
                (best, bestDistance) = (name, distance);
        }
        return best;
    }

    /// <summary>Levenshtein's distance, one row at a time.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
