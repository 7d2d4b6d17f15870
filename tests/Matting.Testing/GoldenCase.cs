using System.Text.Json;

namespace Matting.Testing;

/// <summary>One case of the golden set: inputs that must turn into the outputs.</summary>
public sealed class GoldenCase
{
    private readonly string _folder;
    private readonly JsonElement _json;

    internal GoldenCase(string folder, JsonElement json)
    {
        _folder = folder;
        _json = json;
    }

    /// <summary>Unique name, <c>group/name</c>.</summary>
    public string Id => _json.GetProperty("id").GetString()!;

    /// <summary>Subject, also the folder of its files.</summary>
    public string Group => _json.GetProperty("group").GetString()!;

    /// <summary>The operation that was run.</summary>
    public string Op => _json.GetProperty("op").GetString()!;

    /// <summary>Settings of the operation.</summary>
    public JsonElement Params => _json.GetProperty("params");

    /// <summary>What may differ: <c>exact</c>, or <c>abs</c> and <c>rel</c>, whole or one per output.</summary>
    public JsonElement Tolerance => _json.GetProperty("tolerance");

    /// <summary>Expected plain numbers; undefined where the case has none.</summary>
    public JsonElement Expected => _json.TryGetProperty("expected", out JsonElement expected) ? expected : default;

    /// <summary>Names of the input files.</summary>
    public IReadOnlyCollection<string> InputNames => Names("inputs");

    /// <summary>Names of the output files.</summary>
    public IReadOnlyCollection<string> OutputNames => Names("outputs");

    /// <summary>Path of an input file.</summary>
    public string InputPath(string name) => FilePath("inputs", name);

    /// <summary>Path of an output file.</summary>
    public string OutputPath(string name) => FilePath("outputs", name);

    /// <summary>An input array.</summary>
    public Npy Input(string name) => Npy.Read(InputPath(name));

    /// <summary>An output array.</summary>
    public Npy Output(string name) => Npy.Read(OutputPath(name));

    /// <summary>The tolerance of an output: absolute and relative; both 0 for <c>exact</c>.</summary>
    public (double Absolute, double Relative) ToleranceOf(string output)
    {
        JsonElement tolerance = Tolerance.TryGetProperty(output, out JsonElement own) ? own : Tolerance;
        return tolerance.TryGetProperty("exact", out _)
            ? (0, 0)
            : (tolerance.GetProperty("abs").GetDouble(), tolerance.GetProperty("rel").GetDouble());
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private string[] Names(string kind) => [.. _json.GetProperty(kind).EnumerateObject().Select(property => property.Name)];

    private string FilePath(string kind, string name) => Path.Combine(_folder, _json.GetProperty(kind).GetProperty(name).GetString()!);
}
