namespace Matting.CommandLine;

/// <summary>What may be written to the terminal behind stderr.</summary>
public sealed record TerminalStyle
{
    private const int UsualWidth = 80;
    private const int NarrowestLine = 20;

    /// <summary>A stream that nobody watches: no progress, no colour.</summary>
    public static readonly TerminalStyle Silent = new() { Overwrites = false, Colours = false };

    /// <summary>True when a line may be written over again and again.</summary>
    public required bool Overwrites { get; init; }

    /// <summary>True when colour may be used; NO_COLOR (no-color.org) takes it away.</summary>
    public required bool Colours { get; init; }

    /// <summary>Columns of the terminal; lines are cut so that they never wrap.</summary>
    public int Width { get; init; } = UsualWidth;

    /// <summary>Looks at stderr and at the variables NO_COLOR and TERM of this process.</summary>
    public static TerminalStyle OfStandardError() => From(
        Console.IsErrorRedirected, Environment.GetEnvironmentVariable("NO_COLOR"), Environment.GetEnvironmentVariable("TERM"), ConsoleWidth);

    /// <summary>The rules themselves.</summary>
    /// <param name="redirected">True when stderr is a file or a pipe.</param>
    /// <param name="noColour">Value of NO_COLOR; null or empty allows colour.</param>
    /// <param name="terminal">Value of TERM; <c>dumb</c> terminals cannot move back to the start of a line.</param>
    /// <param name="width">Columns; asked only when there is a terminal.</param>
    public static TerminalStyle From(bool redirected, string? noColour, string? terminal, Func<int> width)
    {
        ArgumentNullException.ThrowIfNull(width);
        if (redirected || terminal == "dumb")
            return Silent;
        int columns = width();
        return new TerminalStyle
        {
            Overwrites = true,
            Colours = string.IsNullOrEmpty(noColour),
            // a terminal without a window says 0
            Width = columns > 0 ? Math.Max(NarrowestLine, columns) : UsualWidth,
        };
    }

    private static int ConsoleWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
