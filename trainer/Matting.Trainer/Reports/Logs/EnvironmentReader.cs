using System.Text.Json;

namespace Matting.Trainer.Reports.Logs;

/// <summary>Reads what a run was made with, whatever it consists of.</summary>
internal static class EnvironmentReader
{
    /// <summary>Every value with its key path, in the order of the file; none where there is no file or it cannot be read.</summary>
    public static IReadOnlyList<(string Key, string Value)> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
            List<(string, string)> values = [];
            Collect(json.RootElement, "", values);
            return values;
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static void Collect(JsonElement json, string path, List<(string, string)> values)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in json.EnumerateObject())
                    Collect(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", values);
                break;
            case JsonValueKind.Array:
                int number = 0;
                foreach (JsonElement item in json.EnumerateArray())
                    Collect(item, $"{path}.{++number}", values);
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                values.Add((path, json.ToString()));
                break;
        }
    }
}
