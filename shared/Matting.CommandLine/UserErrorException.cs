using Matting.Shared;

namespace Matting.CommandLine;

/// <summary>
/// Ends a command with one line on stderr and an exit code. For what only the command can know
/// (options that contradict each other, an output that exists); libraries throw their own exceptions.
/// </summary>
public sealed class UserErrorException : Exception, IUserFacingError
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One line: what is wrong, what was expected, what would work.</param>
    /// <param name="exitCode">One of <see cref="ExitCodes"/>; not <see cref="ExitCodes.Done"/>.</param>
    /// <param name="inner">The cause, or null.</param>
    public UserErrorException(string message, int exitCode = ExitCodes.Failed, Exception? inner = null)
        : base(message, inner)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(exitCode, ExitCodes.Done);
        ExitCode = exitCode;
    }

    /// <summary>The code that the process ends with.</summary>
    public int ExitCode { get; }

    /// <summary>An error of usage: exit code 2 and a hint at the help.</summary>
    public static UserErrorException Usage(string message) => new(message, ExitCodes.Usage);
}
