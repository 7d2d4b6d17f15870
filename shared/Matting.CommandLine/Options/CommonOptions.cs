using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Matting.Shared.Onnx;

namespace Matting.CommandLine.Options;

/// <summary>Options that several commands have, with one name, one range and one message each.</summary>
public static class CommonOptions
{
    /// <summary><c>--size N</c> or <c>--size HxW</c>.</summary>
    /// <param name="description">What the size is the size of.</param>
    /// <param name="defaultSize">Taken when the option is absent; null leaves the option's value null.</param>
    public static Option<PictureSize?> Size(string description, PictureSize? defaultSize = null)
    {
        Option<PictureSize?> option = new("--size")
        {
            Description = description,
            HelpName = "N|HxW",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (PictureSize.TryParse(text, out PictureSize size))
                    return size;
                result.AddError($"--size {text}: expected a number of pixels such as 1024, or height x width such as 512x768");
                return null;
            },
        };
        if (defaultSize is { } value)
            option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary><c>--device cpu|cuda|cuda:N</c>; the value is one of these texts, <c>cuda</c> already as <c>cuda:0</c>.</summary>
    public static Option<string> Device() => new("--device")
    {
        Description = "Where the network runs: cpu, cuda or cuda:N. A device that is not there is an error.",
        HelpName = "cpu|cuda[:N]",
        DefaultValueFactory = _ => "cpu",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (DeviceName(text) is { } name)
                return name;
            result.AddError($"--device {text}: expected cpu, cuda or cuda:N");
            return "cpu";
        },
    };

    /// <summary><c>--precision fp32|fp16</c>; the value is a name of <see cref="ModelPrecisions"/>.</summary>
    public static Option<string?> Precision() => Choice(
        "--precision",
        "Numbers the model computes with: fp16 halves the file, and on a GPU the memory (on the CPU ONNX Runtime computes in fp32 all the same)",
        ModelPrecisions.Names[0],
        ModelPrecisions.Names);

    /// <summary><c>--threads N</c>; null means all cores that this process may use (affinity and cgroup limit included).</summary>
    public static Option<int?> Threads()
    {
        Option<int?> option = new("--threads")
        {
            Description = $"Threads to use, 1 to 1024. Default: the cores this process may use (here {Environment.ProcessorCount})",
            HelpName = "N",
        };
        option.CustomParser = result => WholeNumber(result, option.Name, 1, 1024);
        return option;
    }

    /// <summary><c>--limit N</c>: only the first so many items; null means all.</summary>
    /// <param name="description">What is counted, and from where.</param>
    public static Option<int?> Limit(string description)
    {
        Option<int?> option = new("--limit") { Description = $"{description}. Default: all", HelpName = "N" };
        option.CustomParser = result => WholeNumber(result, option.Name, 1, int.MaxValue);
        return option;
    }

    /// <summary>
    /// Refuses arguments that look like options: the parser takes an option it does not know for an argument, and a typing slip would
    /// become a missing file.
    /// </summary>
    /// <param name="argument">A file or folder, or several.</param>
    public static void RefuseUnknownOptions(Argument argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        argument.Validators.Add(result =>
        {
            if (UnknownOptionIn(result.Tokens) is { } unknown)
                result.AddError(UnknownOption(unknown));
        });
    }

    /// <summary>The first argument that looks like an option, or null.</summary>
    internal static string? UnknownOptionIn(IEnumerable<Token> tokens) =>
        tokens.FirstOrDefault(token => token.Value is ['-', _, ..])?.Value;

    internal static string UnknownOption(string option) => $"unknown option {option} (a file or folder of that name is written ./{option})";

    /// <summary>A whole number of a stated range.</summary>
    /// <param name="name">For instance <c>--count</c>.</param>
    /// <param name="description">What the number means; the range is added to it.</param>
    /// <param name="minimum">The smallest accepted value.</param>
    /// <param name="maximum">The largest accepted value.</param>
    /// <param name="defaultValue">Taken when the option is absent.</param>
    public static Option<int> Whole(string name, string description, int minimum, int maximum, int defaultValue) => new(name)
    {
        Description = $"{description}, {minimum} to {maximum}",
        HelpName = "N",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result => WholeNumber(result, name, minimum, maximum) ?? defaultValue,
    };

    /// <summary>A whole number of a stated range, or null when the option is absent.</summary>
    /// <param name="name">For instance <c>--max-memory</c>.</param>
    /// <param name="description">What the number means; the range is added to it.</param>
    /// <param name="minimum">The smallest accepted value.</param>
    /// <param name="maximum">The largest accepted value.</param>
    /// <param name="absent">What holds when the option is absent.</param>
    public static Option<int?> WholeOrNone(string name, string description, int minimum, int maximum, string absent) => new(name)
    {
        Description = $"{description}, {minimum} to {maximum}. Default: {absent}",
        HelpName = "N",
        CustomParser = result => WholeNumber(result, name, minimum, maximum),
    };

    /// <summary>A number of a stated range, written with a point.</summary>
    /// <param name="name">For instance <c>--val</c>.</param>
    /// <param name="description">What the number means; the range is added to it.</param>
    /// <param name="minimum">The smallest accepted value.</param>
    /// <param name="maximum">The largest accepted value.</param>
    /// <param name="defaultValue">Taken when the option is absent.</param>
    public static Option<double> Number(string name, string description, double minimum, double maximum, double defaultValue) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description}, {minimum} to {maximum}"),
        HelpName = "X",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= minimum && number <= maximum)
                return number;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} {text}: expected a number from {minimum} to {maximum}"));
            return defaultValue;
        },
    };

    /// <summary>One of a few words.</summary>
    /// <param name="name">For instance <c>--tta</c>.</param>
    /// <param name="description">What is chosen.</param>
    /// <param name="defaultValue">Taken when the option is absent; null leaves the option's value null.</param>
    /// <param name="choices">The words.</param>
    public static Option<string?> Choice(string name, string description, string? defaultValue, params IReadOnlyList<string> choices)
    {
        Option<string?> option = new(name)
        {
            Description = description,
            HelpName = string.Join('|', choices),
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (choices.Contains(text))
                    return text;
                result.AddError($"{name} {text}: expected {string.Join(" or ", choices)}");
                return defaultValue;
            },
        };
        if (defaultValue is not null)
            option.DefaultValueFactory = _ => defaultValue;
        option.CompletionSources.Add([.. choices]);
        return option;
    }

    /// <summary><c>--seed N</c>: the same seed gives the same result.</summary>
    public static Option<long> Seed(long defaultSeed) => new("--seed")
    {
        Description = "The same seed gives the same result, byte for byte",
        HelpName = "N",
        DefaultValueFactory = _ => defaultSeed,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed))
                return seed;
            result.AddError($"--seed {text}: expected a whole number");
            return defaultSeed;
        },
    };

    /// <summary><c>--overwrite</c>: an existing output is replaced instead of being an error.</summary>
    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace what exists instead of refusing" };

    /// <summary><c>--json</c>: one JSON document on stdout instead of text for people.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead of text for people" };

    private static string? DeviceName(string text)
    {
        if (text is "cpu")
            return text;
        if (text is "cuda")
            return "cuda:0";
        return text.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index <= 63
            ? string.Create(CultureInfo.InvariantCulture, $"cuda:{index}")
            : null;
    }

    private static int? WholeNumber(ArgumentResult result, string name, int minimum, int maximum)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum)
            return number;
        result.AddError($"{name} {text}: expected a whole number from {minimum} to {maximum}");
        return null;
    }
}
