using System.Reflection;
using Matting.Shared;

namespace Matting.CommandLine;

/// <summary>What a command says about an exception: one line, or a list of problems that the exception itself wrote.</summary>
internal static class ErrorText
{
    /// <summary>Set to 1, this environment variable adds the stack to every error line.</summary>
    public const string TraceVariable = "MATTING_TRACE";

    /// <summary>The exception that explains most: wrappers of the runtime around a single cause are taken off.</summary>
    public static Exception Unwrap(Exception caught) => caught switch
    {
        TargetInvocationException or TypeInitializationException when caught.InnerException is { } inner => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        // parallel workers that all stop for one cancellation, or that fail at the same time: the first real failure counts
        AggregateException { InnerExceptions: [_, ..] several } =>
            Unwrap(several.FirstOrDefault(one => one is not OperationCanceledException) ?? several[0]),
        _ => caught,
    };

    public static string Of(Exception cause) => cause switch
    {
        // written for the reader: several lines only where several problems are listed
        IUserFacingError => cause.Message,
        FileNotFoundException { FileName.Length: > 0 } missing => $"{missing.FileName}: there is no such file",
        // messages of the operating system name the file already
        IOException or InvalidDataException or UnauthorizedAccessException => OneLine(cause.Message),
        DllNotFoundException => $"a native library is missing: {OneLine(cause.Message)} (`dotnet cake --target=Setup` installs what is needed)",
        _ when MemoryShortage.Explain(cause) is { } shortage => $"{shortage}: this size is too large here",
        _ => $"unexpected {cause.GetType().Name}: {OneLine(cause.Message)} ({TraceVariable}=1 shows where)",
    };

    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
