using System.Globalization;

namespace Matting.Trainer.Configuration;

/// <summary>Turns the text of a value into a number, a switch or text, without guessing.</summary>
internal static class SettingScalars
{
    /// <summary>Reads <paramref name="node"/> as <paramref name="type"/>; null and a message when it is something else.</summary>
    public static object? Read(SettingNode node, Type type, out string? problem)
    {
        problem = null;
        if (type == typeof(NumberPair))
            return ReadPair(node, out problem);
        if (node is not SettingScalar scalar)
        {
            problem = $"expected {Describe(type)}, found {(node is SettingList ? "a list" : "a section")}";
            return null;
        }
        if (type == typeof(string))
            return scalar.Text;
        object? value = scalar.Quoted ? null : Parse(scalar.Text, type);
        if (value is null)
            problem = $"expected {Describe(type)}, found {(scalar.Quoted ? "the text " : "")}'{scalar.Text}'";
        return value;
    }

    private static object? Parse(string text, Type type)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        if (type == typeof(bool))
            return text switch { "true" => true, "false" => false, _ => null };
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, plain, out int number) ? number : null;
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, plain, out long number) ? number : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, plain, out double number) && double.IsFinite(number) ? number : null;
        throw new NotSupportedException($"a setting of type {type} cannot be read");
    }

    private static NumberPair? ReadPair(SettingNode node, out string? problem)
    {
        problem = null;
        if (node is SettingList { Items: [SettingScalar { Quoted: false } first, SettingScalar { Quoted: false } second] }
            && Parse(first.Text, typeof(double)) is double a && Parse(second.Text, typeof(double)) is double b)
            return new NumberPair(a, b);
        problem = $"expected {Describe(typeof(NumberPair))}";
        return null;
    }

    private static string Describe(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) ? "a number"
        : type == typeof(NumberPair) ? "two numbers, [first, second]"
        : "text";
}
