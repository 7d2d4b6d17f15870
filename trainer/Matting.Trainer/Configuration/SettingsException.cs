using Matting.Shared;

namespace Matting.Trainer.Configuration;

/// <summary>One thing that is wrong with a settings file or an override.</summary>
/// <param name="Place">Where it is written; null when it is missing altogether.</param>
/// <param name="Key">The key path, for instance <c>optimiser.lr</c>; empty when the file as a whole is meant.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record SettingProblem(SettingPlace? Place, string Key, string Message)
{
    /// <summary><c>file:line: key: message</c>.</summary>
    public override string ToString() =>
        string.Join(": ", new[] { Place?.ToString(), Key, Message }.Where(part => !string.IsNullOrEmpty(part)));
}

/// <summary>Settings that cannot be used; it carries every problem that was found, not only the first.</summary>
public sealed class SettingsException : Exception, IUserFacingError
{
    /// <summary>Makes the exception for one or more problems.</summary>
    /// <param name="problems">At least one.</param>
    public SettingsException(IReadOnlyList<SettingProblem> problems) : base(Describe(problems)) => Problems = problems;

    /// <summary>Makes the exception for one problem.</summary>
    public SettingsException(SettingPlace? place, string key, string message)
        : this([new SettingProblem(place, key, message)])
    {
    }

    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<SettingProblem> Problems { get; }

    private static string Describe(IReadOnlyList<SettingProblem> problems)
    {
        ArgumentOutOfRangeException.ThrowIfZero(problems.Count);
        return problems.Count == 1
            ? problems[0].ToString()
            : $"{problems.Count} problems in the settings:\n  " + string.Join("\n  ", problems);
    }
}
