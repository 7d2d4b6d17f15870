using System.Globalization;
using System.Runtime.CompilerServices;

namespace Matting.Trainer.Configuration;

/// <summary>Collects what is wrong with the values of settings, under their key paths.</summary>
public sealed class SettingChecks
{
    private readonly List<SettingProblem> _problems = [];
    private string _prefix = "";

    /// <summary>What was found so far; without places, which the settings themselves do not know.</summary>
    public IReadOnlyList<SettingProblem> Problems => _problems;

    /// <summary>Checks settings that were built in code as strictly as those of a file.</summary>
    /// <exception cref="SettingsException">Something is wrong.</exception>
    public static void ThrowIfWrong(ISettingsSection settings)
    {
        SettingChecks checks = new();
        checks.Walk(settings, "");
        if (checks.Problems.Count > 0)
            throw new SettingsException(checks.Problems);
    }

    /// <summary>Reports a problem unless <paramref name="right"/>.</summary>
    /// <param name="right">What must hold.</param>
    /// <param name="property">The name of the property.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    public void Require(bool right, string property, string message)
    {
        if (!right)
            _problems.Add(new SettingProblem(null, _prefix + SettingSchema.KeyOf(property), message));
    }

    /// <summary>Requires a number between two others, both included.</summary>
    public void Between(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string property = "") =>
        Require(value >= low && value <= high, property, string.Create(CultureInfo.InvariantCulture, $"is {value}, expected {low} to {high}"));

    /// <summary>Requires a range, its first number not above its second, between two numbers, both included.</summary>
    public void Range(NumberPair value, double low, double high, [CallerArgumentExpression(nameof(value))] string property = "") =>
        Require(value.First >= low && value.First <= value.Second && value.Second <= high, property,
            string.Create(CultureInfo.InvariantCulture, $"is [{value.First}, {value.Second}], expected [from, to] within {low} to {high}"));

    /// <summary>Requires a finite number above <paramref name="low"/>.</summary>
    public void Above(double value, double low, [CallerArgumentExpression(nameof(value))] string property = "") =>
        Require(value > low && double.IsFinite(value), property, string.Create(CultureInfo.InvariantCulture, $"is {value}, expected more than {low}"));

    /// <summary>Requires one of the known names.</summary>
    public void OneOf(string value, IEnumerable<string> known, [CallerArgumentExpression(nameof(value))] string property = "")
    {
        List<string> names = [.. known];
        Require(names.Contains(value), property,
            $"'{value}' is not known; known: {string.Join(", ", names)}; the nearest is '{NearestName.Of(value, names)}'");
    }

    /// <summary>Checks a section and all sections inside it.</summary>
    internal void Walk(ISettingsSection section, string prefix)
    {
        _prefix = prefix;
        section.Check(this);
        foreach (SettingProperty property in SettingSchema.Of(section.GetType()).Properties)
        {
            if (property.IsSection)
                Walk((ISettingsSection)property.Property.GetValue(section)!, $"{prefix}{property.Key}.");
        }
    }
}
