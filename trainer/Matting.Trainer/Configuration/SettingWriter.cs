using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Matting.Trainer.Configuration;

/// <summary>Writes settings as YAML that reads back as the same settings.</summary>
public static class SettingWriter
{
    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./");

    // a JSON string is a double-quoted YAML one
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every key with its value, also those that are at their default.</summary>
    public static string Write(ISettingsSection settings)
    {
        StringBuilder text = new();
        WriteSection(text, settings, settings.GetType(), depth: 0);
        return text.ToString();
    }

    private static void WriteSection(StringBuilder text, object section, Type declared, int depth)
    {
        string indent = new(' ', 2 * depth);
        SettingSchema schema = SettingSchema.Of(declared);
        if (schema.Variants.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"{indent}{SettingSchema.VariantKey}: {schema.VariantOf(section)}\n");
        foreach (SettingProperty property in SettingSchema.Of(section.GetType()).Properties)
        {
            object? value = property.Property.GetValue(section);
            if (property.IsSection)
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}{property.Key}:\n");
                WriteSection(text, value!, property.ValueType, depth + 1);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}{property.Key}: {Format(value)}\n");
            }
        }
    }

    /// <summary>A single value as it is written.</summary>
    internal static string Format(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        NumberPair pair => $"[{Format(pair.First)}, {Format(pair.Second)}]",
        string text => IsPlain(text) ? text : JsonSerializer.Serialize(text, Quoting),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"a setting of type {value.GetType()} cannot be written"),
    };

    private static bool IsPlain(string text) =>
        text.Length > 0 && text != "null" && (char.IsAsciiLetterOrDigit(text[0]) || text[0] == '/')
        && !text.AsSpan().ContainsAnyExcept(PlainCharacters);
}
