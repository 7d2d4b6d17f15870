using System.Globalization;
using Matting.Shared;

namespace Matting.Trainer.Data;

/// <summary>Something wrong with a CSV of samples.</summary>
/// <param name="File">The CSV.</param>
/// <param name="Row">The line, the header being line 1; 0 when the file as a whole is meant.</param>
/// <param name="Message">What is wrong.</param>
public sealed record SampleProblem(string File, int Row, string Message)
{
    /// <summary><c>file row N: message</c>.</summary>
    public override string ToString() =>
        Row > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File} row {Row}: {Message}") : $"{File}: {Message}";
}

/// <summary>CSV files of samples that cannot be trained on; it carries everything that was found, in the order of the rows.</summary>
/// <param name="problems">At least one.</param>
public sealed class SampleTableException(IReadOnlyList<SampleProblem> problems) : Exception(Describe(problems)), IUserFacingError
{
    /// <summary>All problems.</summary>
    public IReadOnlyList<SampleProblem> Problems { get; } = problems;

    private static string Describe(IReadOnlyList<SampleProblem> problems)
    {
        ArgumentOutOfRangeException.ThrowIfZero(problems.Count);
        return problems.Count == 1
            ? problems[0].ToString()
            : $"{problems.Count} problems with the samples:\n  " + string.Join("\n  ", problems);
    }
}
