namespace Matting.Fuzz.Targets;

/// <summary>All targets by their names, the expensive ones first.</summary>
internal static class FuzzTargets
{
    private static readonly OrderedDictionary<string, Func<FuzzTarget>> Real = new(StringComparer.Ordinal)
    {
        ["onnx-run"] = () => new OnnxRunTarget { InputsInTests = 10_000 },
        ["http"] = () => new HttpTarget { InputsInTests = 10_000 },
        ["png"] = () => new ImageTarget("png", ".png") { InputsInTests = 10_000 },
        ["jpeg"] = () => new ImageTarget("jpeg", ".jpg") { InputsInTests = 10_000 },
        ["webp"] = () => new ImageTarget("webp", ".webp") { InputsInTests = 10_000 },
        ["tiff"] = () => new ImageTarget("tiff", ".tif") { InputsInTests = 10_000 },
        ["bmp"] = () => new ImageTarget("bmp", ".bmp") { InputsInTests = 10_000 },
        ["onnx-read"] = () => new OnnxReadTarget { InputsInTests = 10_000 },
        ["pth-zip"] = () => new WeightsTarget("pth-zip", ".pth", ["tensors_zip.pth", "checkpoint_zip.pth", "checkpoint_protocol4.pth"]) { InputsInTests = 10_000 },
        ["pth-legacy"] = () => new WeightsTarget("pth-legacy", ".pth", ["tensors_legacy.pth", "checkpoint_legacy.pth", "checkpoint_protocol5_legacy.pth"]) { InputsInTests = 10_000 },
        ["safetensors"] = () => new WeightsTarget("safetensors", ".safetensors", ["tensors.safetensors"]) { InputsInTests = 10_000 },
        ["submission"] = () => new SubmissionTarget { InputsInTests = 10_000 },
    };

    // what a run must notice, for the tests of this project itself
    private static readonly Dictionary<string, byte> Trials = new(StringComparer.Ordinal)
    {
        ["trial-throws"] = TrialTarget.Throws,
        ["trial-lies"] = TrialTarget.Lies,
        ["trial-crashes"] = TrialTarget.Crashes,
        ["trial-hangs"] = TrialTarget.Hangs,
        ["trial-sleeps"] = TrialTarget.Sleeps,
        ["trial-grows"] = TrialTarget.Grows,
    };

    /// <summary>What a run tries unless it is told otherwise.</summary>
    public static IEnumerable<string> Names => Real.Keys;

    public static bool Knows(string name) => Real.ContainsKey(name) || Trials.ContainsKey(name);

    public static FuzzTarget Create(string name) =>
        Real.TryGetValue(name, out Func<FuzzTarget>? create) ? create() : new TrialTarget(name, Trials[name]) { InputsInTests = 12 };
}
