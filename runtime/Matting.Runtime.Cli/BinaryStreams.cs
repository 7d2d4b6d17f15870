namespace Matting.Runtime.Cli;

/// <summary>Where a picture comes from and a result goes to when no file is named.</summary>
/// <param name="Input">Opens stdin.</param>
/// <param name="Output">Opens stdout.</param>
internal sealed record BinaryStreams(Func<Stream> Input, Func<Stream> Output)
{
    /// <summary>Those of the process.</summary>
    public static BinaryStreams OfConsole { get; } = new(Console.OpenStandardInput, Console.OpenStandardOutput);
}
