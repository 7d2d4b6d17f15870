namespace Matting.Trainer.Configuration;

/// <summary>A setting that has another value than before.</summary>
/// <param name="Key">The key path, for instance <c>optimiser.lr</c>.</param>
/// <param name="Before">The value as it would be written; null where the key did not exist.</param>
/// <param name="Now">The value as it would be written; null where the key does not exist any more.</param>
public sealed record SettingDifference(string Key, string? Before, string? Now)
{
    /// <summary><c>key was 1, is 2</c>.</summary>
    public override string ToString() => $"{Key} was {Before ?? "not there"}, is {Now ?? "not there"}";
}

/// <summary>Compares settings key by key.</summary>
public static class SettingDifferences
{
    /// <summary>What differs between two values of the same kind of settings, in the order of the keys.</summary>
    public static IReadOnlyList<SettingDifference> Between<T>(T before, T now) where T : class, ISettingsSection
    {
        OrderedDictionary<string, string> old = Values(before), current = Values(now);
        return [.. old.Keys.Union(current.Keys)
            .Select(key => new SettingDifference(key, old.GetValueOrDefault(key), current.GetValueOrDefault(key)))
            .Where(pair => pair.Before != pair.Now)];
    }

    /// <summary>Every key path with its value as it would be written, in the order of the keys.</summary>
    internal static OrderedDictionary<string, string> Values(ISettingsSection settings)
    {
        OrderedDictionary<string, string> values = new(StringComparer.Ordinal);
        Collect(settings, settings.GetType(), "", values);
        return values;
    }

    private static void Collect(object section, Type declared, string prefix, OrderedDictionary<string, string> values)
    {
        SettingSchema schema = SettingSchema.Of(declared);
        if (schema.Variants.Count > 0)
            values.Add(prefix + SettingSchema.VariantKey, schema.VariantOf(section));
        foreach (SettingProperty property in SettingSchema.Of(section.GetType()).Properties)
        {
            object? value = property.Property.GetValue(section);
            if (property.IsSection)
                Collect(value!, property.ValueType, $"{prefix}{property.Key}.", values);
            else
                values.Add(prefix + property.Key, SettingWriter.Format(value));
        }
    }
}
