using Matting.Shared.Imaging;

namespace Matting.Shared.Onnx;

/// <summary>How an exported model was compared with another engine or model, on the same inputs.</summary>
/// <param name="Maximum">Largest absolute difference of the outputs.</param>
/// <param name="Mean">Mean absolute difference of the outputs.</param>
public sealed record ModelVerification(double Maximum, double Mean);

/// <summary>
/// What an exported model says of itself: everything that is needed to prepare its input and to
/// know where it comes from. It travels in the model's metadata properties
/// (<see cref="ToMetadata"/>, <see cref="FromMetadata"/>).
/// </summary>
public sealed record ModelCard
{
    /// <summary>Name of the network, as in <see cref="Networks.NetworkCatalogue"/>.</summary>
    public required string Network { get; init; }

    /// <summary>What it is for, for instance <c>matting</c>.</summary>
    public required string Task { get; init; }

    /// <summary>How pixels become input: mean and deviation of R, G, B, which is also the order of the channels.</summary>
    public required NormalisationProfile Profile { get; init; }

    /// <summary>Height of the images it takes; null, as <see cref="Width"/>, when it takes any.</summary>
    public int? Height { get; init; }

    /// <summary>Width of the images it takes; null, as <see cref="Height"/>, when it takes any.</summary>
    public int? Width { get; init; }

    /// <summary>What its weights are and what it computes with.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>How far a model in half precision is from the float32 one of the same weights; null when that was not measured.</summary>
    public ModelVerification? Rounding { get; init; }

    /// <summary>Names of the classes it tells apart, by index; none for an alpha.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>SHA-256 of the checkpoint file, 64 lower-case hexadecimal digits; null when there was no file.</summary>
    public string? CheckpointSha256 { get; init; }

    /// <summary>The comparison with the training engine; null when there was none.</summary>
    public ModelVerification? Verified { get; init; }

    /// <summary>Validation figures of the checkpoint by name, for instance <c>mse</c>.</summary>
    public IReadOnlyDictionary<string, double> Validation { get; init; } = new Dictionary<string, double>();

    /// <summary>Version of the toolchain that exported the model; by default this one's.</summary>
    public string ToolchainVersion { get; init; } = typeof(ModelCard).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Whether two cards say the same.</summary>
    public bool Equals(ModelCard? other) =>
        other is not null
        && (Network, Task, Height, Width, Precision, CheckpointSha256) == (other.Network, other.Task, other.Height, other.Width, other.Precision, other.CheckpointSha256)
        && Profile == other.Profile
        && (Verified, Rounding) == (other.Verified, other.Rounding)
        && ToolchainVersion == other.ToolchainVersion
        && Classes.SequenceEqual(other.Classes)
        && Validation.OrderBy(figure => figure.Key, StringComparer.Ordinal).SequenceEqual(other.Validation.OrderBy(figure => figure.Key, StringComparer.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Network, Task, Profile, Height, Width, ToolchainVersion);

    /// <summary>The card as metadata properties, all keys beginning with <c>matting.</c>, in a fixed order.</summary>
    /// <exception cref="InvalidOperationException">The card contradicts itself, for instance by a height without a width, or has a figure that is not a finite number.</exception>
    public IReadOnlyDictionary<string, string> ToMetadata() => ModelCardFormat.Write(this);

    /// <summary>Reads a card back; null when the model is not one of this toolchain's (no key begins with <c>matting.</c>).</summary>
    /// <param name="metadata">All metadata properties of a model.</param>
    /// <param name="file">The model's file, for the message.</param>
    /// <exception cref="OnnxFormatException">A key is missing, garbled, unknown or contradicts another; the message names it.</exception>
    public static ModelCard? FromMetadata(IReadOnlyDictionary<string, string> metadata, string file = "the model")
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return ModelCardFormat.Read(metadata, file);
    }
}
