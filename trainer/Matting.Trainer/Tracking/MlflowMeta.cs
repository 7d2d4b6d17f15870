using System.Globalization;
using System.Text;
using Matting.Shared.Files;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Tracking;

/// <summary>
/// The <c>meta.yaml</c> of an experiment or a run: flat keys with values, written in the order of their names as MLflow does.
/// </summary>
internal static class MlflowMeta
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "meta.yaml";

    /// <summary>Writes the file; it is replaced in one step.</summary>
    /// <param name="folder">The folder of the experiment or run.</param>
    /// <param name="values">Texts, whole numbers, nulls, and empty lists.</param>
    public static void Write(string folder, IEnumerable<KeyValuePair<string, object?>> values)
    {
        StringBuilder text = new();
        foreach ((string key, object? value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{key}: {Format(value)}\n");
        AtomicFile.WriteText(Path.Combine(folder, FileName), text.ToString());
    }

    /// <summary>The texts of the file by their keys; null when there is no file, or none that can be read.</summary>
    public static IReadOnlyDictionary<string, string>? TryRead(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return !File.Exists(path) ? null : YamlSettings.ReadSection(File.ReadAllText(path), path).Entries
                .Where(entry => entry.Value is SettingScalar)
                .ToDictionary(entry => entry.Key, entry => ((SettingScalar)entry.Value).Text);
        }
        catch (SettingsException)
        {
            // somebody else's, and as good as absent: MLflow passes over it as well
            return null;
        }
    }

    private static string Format(object? value) => value switch
    {
        null => "null",
        // quoted whatever it looks like: an experiment called 1 is a text
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        long or int => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        object[] { Length: 0 } => "[]",
        _ => throw new ArgumentException($"a {value.GetType()} has no place in {FileName}", nameof(value)),
    };
}
