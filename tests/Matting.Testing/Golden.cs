using System.Text.Json;
using Xunit;

namespace Matting.Testing;

/// <summary>
/// The golden reference set: the folder named by the environment variable <c>MATTING_REFERENCE</c>,
/// or <c>../shared/reference</c> beside the checkout. Without either its tests skip and say so.
/// </summary>
public static class Golden
{
    /// <summary>The variable that names another set of the same layout.</summary>
    public const string Variable = "MATTING_REFERENCE";

    private const string Absent = "(no reference set)";
    private static readonly Lazy<string?> LazyFolder = new(Find);
    private static readonly Lazy<Dictionary<string, GoldenCase>> LazyCases = new(ReadCases);

    /// <summary>The set's folder, or null where there is none.</summary>
    public static string? Folder => LazyFolder.Value;

    /// <summary>The set's folder; skips the running test where there is none.</summary>
    public static string RequireFolder()
    {
        Assert.SkipWhen(Folder is null, $"SKIPPED: no golden reference set (../shared/reference, or the folder in {Variable})");
        return Folder!;
    }

    /// <summary>The ids of a group's cases, for a theory; a single placeholder where there is no set.</summary>
    public static TheoryData<string> Ids(string group, string? op = null)
    {
        TheoryData<string> ids = [];
        if (Folder is null)
        {
            ids.Add(Absent);
            return ids;
        }
        foreach (GoldenCase c in LazyCases.Value.Values.Where(c => c.Group == group && (op is null || c.Op == op)))
            ids.Add(c.Id);
        if (ids.Count == 0)
            throw new InvalidDataException($"{Folder}: no case of group '{group}', operation '{op ?? "any"}'");
        return ids;
    }

    /// <summary>The operations of a group that the set has; skips the running test where there is no set.</summary>
    public static IReadOnlyList<string> Operations(string group)
    {
        RequireFolder();
        return [.. LazyCases.Value.Values.Where(c => c.Group == group).Select(c => c.Op).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The case of that id; skips the running test where there is no set.</summary>
    public static GoldenCase Case(string id)
    {
        RequireFolder();
        return LazyCases.Value[id];
    }

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(Path.Combine(named, "cases.json"))
                ? Path.GetFullPath(named)
                : throw new DirectoryNotFoundException($"{Variable}={named}: there is no cases.json in it");
        }
        string? shared = SharedFolder.Find();
        string? folder = shared is null ? null : Path.Combine(shared, "reference");
        return folder is not null && File.Exists(Path.Combine(folder, "cases.json")) ? folder : null;
    }

    private static Dictionary<string, GoldenCase> ReadCases()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RequireFolder(), "cases.json")));
        return document.RootElement.GetProperty("cases").EnumerateArray()
            .Select(element => new GoldenCase(Folder!, element.Clone()))
            .ToDictionary(c => c.Id);
    }
}
