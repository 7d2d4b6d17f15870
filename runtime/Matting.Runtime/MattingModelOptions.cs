namespace Matting.Runtime;

/// <summary>
/// How a model is loaded. What the model says about itself (profile, size) need not be repeated; what
/// is given here must not contradict it. A foreign model, without our metadata, needs a <see cref="Preset"/>, or a <see cref="Profile"/>
/// and, if its size is open, <see cref="Height"/> and <see cref="Width"/>. Compared by value: equal options share a model of a <see cref="MattingModelCache"/>.
/// </summary>
public sealed record MattingModelOptions
{
    /// <summary>All defaults.</summary>
    public static MattingModelOptions Default { get; } = new();

    /// <summary>
    /// Where the network runs: <c>cpu</c>, <c>cuda</c> (the first one), <c>cuda:N</c>, <c>tensorrt:N</c> or another of
    /// <see cref="Diagnostics.DeviceSupport.Devices"/>. There is no fall-back to another one.
    /// </summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of one run; null takes the cores this process may use (affinity and cgroup limit included).</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Bytes that ONNX Runtime may take for weights and intermediate results, or null for no limit; beyond it loading or the run fails
    /// (<see cref="MattingModelError.OutOfMemory"/>). On <c>cuda</c> and <c>tensorrt</c> it is the memory of the GPU, of this model alone (with TensorRT, what
    /// its kernels may take beside the weights). On the CPU it must be below 4 GiB and belongs to the process: all models that are loaded with a limit share
    /// it, and a second, different one is an error. Other devices take none. The pictures and the network's input and output are not counted.
    /// </summary>
    public long? MemoryLimit { get; init; }

    /// <summary>The family of a foreign model, or null; the options below override single values of it.</summary>
    public ModelPreset? Preset { get; init; }

    /// <summary>Name of the normalisation profile (<see cref="Matting.Shared.Imaging.NormalisationProfile.Get"/>), or null for the model's own or the preset's.</summary>
    public string? Profile { get; init; }

    /// <summary>Height in pixels at which the network runs, or null for the model's own.</summary>
    public int? Height { get; init; }

    /// <summary>Width in pixels at which the network runs, or null for the model's own.</summary>
    public int? Width { get; init; }

    /// <summary>Name of the output to read, or null: then the preset's, <c>alpha</c>, or the only one.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// What makes alpha of a foreign model's output, or null: then the preset's, or none. Without a preset null also means that outputs far outside 0..1
    /// are an error instead of being cut off, because they are logits most likely.
    /// </summary>
    public OutputNormalisation? OutputNormalisation { get; init; }
}
