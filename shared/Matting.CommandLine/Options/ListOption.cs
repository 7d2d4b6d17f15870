using System.CommandLine;
using System.Globalization;

namespace Matting.CommandLine.Options;

/// <summary>Options that take several values, separated by commas; each is kept once, in the order given.</summary>
public static class ListOption
{
    /// <summary>A list; null when the option is absent.</summary>
    /// <typeparam name="T">What an item is read into.</typeparam>
    /// <param name="name">For instance <c>--batch</c>.</param>
    /// <param name="description">What the list is for, and what is taken without it.</param>
    /// <param name="helpName">How the list is written, for instance <c>N,...</c>.</param>
    /// <param name="expected">What an item is, for the message about one that is not.</param>
    /// <param name="read">Reads an item; null when it is none.</param>
    public static Option<IReadOnlyList<T>?> Of<T>(string name, string description, string helpName, string expected, Func<string, T?> read) where T : struct =>
        Create<T>(name, description, helpName, expected, (text, values) => Add(read(text), values));

    /// <summary>A list of words; null when the option is absent.</summary>
    /// <inheritdoc cref="Of{T}(string, string, string, string, Func{string, T?})"/>
    public static Option<IReadOnlyList<string>?> OfText(string name, string description, string helpName, string expected, Func<string, string?> read) =>
        Create<string>(name, description, helpName, expected, (text, values) => read(text) is { } value && Add(value, values));

    /// <summary>A list of whole numbers of a stated range; null when the option is absent.</summary>
    /// <param name="name">For instance <c>--batch</c>.</param>
    /// <param name="description">What the numbers mean, and what is taken without them.</param>
    /// <param name="minimum">The smallest accepted value.</param>
    /// <param name="maximum">The largest accepted value.</param>
    public static Option<IReadOnlyList<int>?> OfWhole(string name, string description, int minimum, int maximum) => Of<int>(
        name, description, "N,...", $"whole numbers from {minimum} to {maximum}",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum ? number : null);

    private static Option<IReadOnlyList<T>?> Create<T>(
        string name, string description, string helpName, string expected, Func<string, List<T>, bool> add) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            List<T> values = [];
            string list = result.Tokens[0].Value;
            if (Array.TrueForAll(list.Split(','), text => add(text, values)))
                return values;
            result.AddError($"{name} {list}: expected {expected}, separated by commas");
            return null;
        },
    };

    private static bool Add<T>(T? value, List<T> values) where T : struct => value is { } present && Add(present, values);

    private static bool Add<T>(T value, List<T> values)
    {
        if (!values.Contains(value))
            values.Add(value);
        return true;
    }
}
