namespace Matting.CommandLine;

/// <summary>What may be written to the terminal behind stderr.</summary>
public sealed record TerminalStyle
{
    private const int UsualWidth = 80;
    private const int NarrowestLine = 2;

    /// <summary>A stream that nobody watches: no progress, no colour.</summary>
    public static readonly TerminalStyle Silent = new() { Overwrites = false, Colours = false };

    /// <summary>True when a line may be written over again and again.</summary>
    public required bool Overwrites { get; init; }

    /// <summary>True when colour may be used; NO_COLOR (no-color.org) takes it away.</summary>
    public required bool Colours { get; init; }

    /// <summary>Columns of the terminal; lines are cut so that they never wrap.</summary>
    public int Width { get; init; } = UsualWidth;

    /// <summary>Asks the terminal for its columns, 0 when it does not know; null when they never change.</summary>
    public Func<int>? Measure { get; init; }

    /// <summary>Columns of the terminal as it is now: people change the size of their windows.</summary>
    public int WidthNow() => Measure is null ? Width : Usable(Measure());

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
        return new TerminalStyle
        {
            Overwrites = true,
            Colours = string.IsNullOrEmpty(noColour),
            Width = Usable(width()),
            Measure = width,
        };
    }

    // a terminal without a window says 0
    private static int Usable(int columns) => columns > 0 ? Math.Max(NarrowestLine, columns) : UsualWidth;

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
