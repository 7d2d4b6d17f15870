using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace Matting.Trainer.Configuration;

/// <summary>One key of a section.</summary>
/// <param name="Key">The key as it is written.</param>
/// <param name="Property">The property behind it.</param>
/// <param name="Optional">True when it may be null.</param>
internal sealed record SettingProperty(string Key, PropertyInfo Property, bool Optional)
{
    /// <summary>The type of a value that is there.</summary>
    public Type ValueType => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>True when the value is a section of its own.</summary>
    public bool IsSection => ValueType.IsAssignableTo(typeof(ISettingsSection));
}

/// <summary>The keys that a type of section knows.</summary>
internal sealed class SettingSchema
{
    /// <summary>The key by which the variant of a section is chosen.</summary>
    public const string VariantKey = "name";

    private static readonly ConcurrentDictionary<Type, SettingSchema> Known = new();

    private SettingSchema(Type type)
    {
        NullabilityInfoContext nullability = new();
        Properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => new SettingProperty(
                KeyOf(property.Name), property, nullability.Create(property).ReadState == NullabilityState.Nullable))];
        Variants = [.. type.GetCustomAttributes<SettingVariantAttribute>()];
    }

    /// <summary>The keys in the order of the record.</summary>
    public IReadOnlyList<SettingProperty> Properties { get; }

    /// <summary>What the section can become; empty when it is what it is.</summary>
    public IReadOnlyList<SettingVariantAttribute> Variants { get; }

    /// <summary>The schema of a type of section.</summary>
    public static SettingSchema Of(Type type) => Known.GetOrAdd(type, static type => new SettingSchema(type));

    /// <summary>How a property is written in YAML.</summary>
    public static string KeyOf(string propertyName) => JsonNamingPolicy.SnakeCaseLower.ConvertName(propertyName);

    /// <summary>The name under which a section's own type was chosen among <see cref="Variants"/>.</summary>
    public string VariantOf(object section) => Variants.First(variant => variant.Type == section.GetType()).Name;

    /// <summary>Every key path below a type, sections included, with all variants.</summary>
    public static IEnumerable<string> Paths(Type type, string prefix = "")
    {
        SettingSchema schema = Of(type);
        if (schema.Variants.Count > 0)
            yield return prefix + VariantKey;
        foreach (string path in schema.Variants.SelectMany(variant => Paths(variant.Type, prefix)))
            yield return path;
        foreach (SettingProperty property in schema.Properties)
        {
            yield return prefix + property.Key;
            if (!property.IsSection)
                continue;
            foreach (string path in Paths(property.ValueType, $"{prefix}{property.Key}."))
                yield return path;
        }
    }
}
