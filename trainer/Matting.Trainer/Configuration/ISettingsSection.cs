namespace Matting.Trainer.Configuration;

/// <summary>
/// A sealed record of settings: its public <c>init</c> properties are the keys (<c>WeightDecay</c> is
/// <c>weight_decay</c>), their initial values the defaults.
/// </summary>
/// <remarks>
/// Property types: string, bool, int, long, double, <see cref="NumberPair"/>, another section; nullable where nothing
/// may be said. An abstract section with <see cref="SettingVariantAttribute"/>s is chosen by its key <c>name</c>.
/// </remarks>
public interface ISettingsSection
{
    /// <summary>Reports what is wrong with the values of this section; sections inside report for themselves.</summary>
    void Check(SettingChecks checks);
}

/// <summary>Two numbers that belong together, written <c>[first, second]</c>.</summary>
public readonly record struct NumberPair(double First, double Second);

/// <summary>Says which record an abstract section becomes when its key <c>name</c> has a given value.</summary>
/// <param name="name">The value of <c>name</c>.</param>
/// <param name="type">A sealed record derived from the section.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SettingVariantAttribute(string name, Type type) : Attribute
{
    /// <summary>The value of <c>name</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The record that holds the settings of this variant.</summary>
    public Type Type { get; } = type;
}
