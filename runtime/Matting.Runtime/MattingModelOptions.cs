namespace Matting.Runtime;

/// <summary>
/// How a model is loaded. What the model says about itself (profile, size) need not be repeated; what
/// is given here must not contradict it. A foreign model, without our metadata, needs <see cref="Profile"/>
/// and, if its size is open, <see cref="Height"/> and <see cref="Width"/>.
/// </summary>
public sealed record MattingModelOptions
{
    /// <summary>All defaults.</summary>
    public static MattingModelOptions Default { get; } = new();

    /// <summary>Where the network runs: <c>cpu</c>, <c>cuda</c> (the first one) or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of one run; null takes the cores this process may use (affinity and cgroup limit included).</summary>
    public int? Threads { get; init; }

    /// <summary>Name of the normalisation profile (<see cref="Matting.Shared.Imaging.NormalisationProfile.Get"/>), or null for the model's own.</summary>
    public string? Profile { get; init; }

    /// <summary>Height in pixels at which the network runs, or null for the model's own.</summary>
    public int? Height { get; init; }

    /// <summary>Width in pixels at which the network runs, or null for the model's own.</summary>
    public int? Width { get; init; }

    /// <summary>Name of the output to read, or null: then <c>alpha</c>, or the only one.</summary>
    public string? Output { get; init; }
}
