using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matting.Shared.Files;

namespace Matting.Trainer.Training.Records;

/// <summary>
/// The file that says what a run was made with: one JSON object about its start, with a list <c>resumed</c> of such objects when the run
/// went on in other processes.
/// </summary>
internal static class EnvironmentFile
{
    private const string ResumedKey = "resumed";

    // paths and command lines stay readable
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file, or adds to it when it is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="environment">What this process works with.</param>
    /// <returns>One line for people when the file was there and not readable, so that it was begun anew; otherwise null.</returns>
    public static string? Add(string path, JsonObject environment)
    {
        string? notice = null;
        JsonObject whole = environment;
        if (File.Exists(path))
        {
            if (Read(path) is { } first)
            {
                JsonArray resumed = first[ResumedKey] as JsonArray ?? [];
                first[ResumedKey] = resumed.Parent is null ? resumed : resumed.DeepClone();
                ((JsonArray)first[ResumedKey]!).Add(environment);
                whole = first;
            }
            else
            {
                notice = $"{Path.GetFileName(path)} was not readable and was begun anew";
            }
        }
        AtomicFile.WriteText(path, whole.ToJsonString(Indented) + "\n");
        return notice;
    }

    private static JsonObject? Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
