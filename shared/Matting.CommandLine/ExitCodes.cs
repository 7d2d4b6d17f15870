namespace Matting.CommandLine;

/// <summary>The exit codes of both commands.</summary>
public static class ExitCodes
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>The work failed: a bad file, a full disk, a device that is not there.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>A batch ran to its end, but some of its items failed; each was reported.</summary>
    public const int PartFailed = 3;

    /// <summary>Stopped by Ctrl-C or SIGTERM (128 + SIGINT, as shells count).</summary>
    public const int Interrupted = 130;
}
