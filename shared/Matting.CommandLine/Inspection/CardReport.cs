using Matting.Shared.Imaging;
using Matting.Shared.Onnx;

namespace Matting.CommandLine.Inspection;

/// <summary>What a model of this toolchain says of itself; see <see cref="ModelCard"/>.</summary>
public sealed record CardReport
{
    /// <summary>Name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>What it is for, for instance <c>matting</c>.</summary>
    public required string Task { get; init; }

    /// <summary>How pixels become input.</summary>
    public required ProfileReport Profile { get; init; }

    /// <summary>Height x width of the pictures it takes, for instance <c>1024x1024</c>; <c>dynamic</c> when it takes any.</summary>
    public required string Size { get; init; }

    /// <summary>What it computes with: <c>fp32</c> or <c>fp16</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Names of the classes it tells apart; none for an alpha.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>SHA-256 of the checkpoint it was made of; null when there was no file.</summary>
    public string? CheckpointSha256 { get; init; }

    /// <summary>Difference from Torch; null when there was no comparison.</summary>
    public ModelVerification? Verified { get; init; }

    /// <summary>Difference of an fp16 model from the fp32 one of the same weights; null when that was not measured.</summary>
    public ModelVerification? Rounding { get; init; }

    /// <summary>Validation figures of the checkpoint by name; empty when none are known.</summary>
    public required IReadOnlyDictionary<string, double> Validation { get; init; }

    /// <summary>Version of the toolchain that exported it.</summary>
    public required string Toolchain { get; init; }

    /// <summary>A card as a report.</summary>
    public static CardReport Of(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new CardReport
        {
            Network = card.Network,
            Task = card.Task,
            Profile = ProfileReport.Of(card.Profile),
            Size = card.Height is { } height ? FormattableString.Invariant($"{height}x{card.Width}") : "dynamic",
            Precision = card.Precision.Name(),
            Classes = card.Classes,
            CheckpointSha256 = card.CheckpointSha256,
            Verified = card.Verified,
            Rounding = card.Rounding,
            Validation = card.Validation,
            Toolchain = card.ToolchainVersion,
        };
    }
}

/// <summary>How pixels, divided by 255, become input: (x - mean) / std.</summary>
/// <param name="Name">Name of the profile.</param>
/// <param name="Mean">Means of the channels.</param>
/// <param name="Std">Deviations of the channels.</param>
/// <param name="Channels">Order of the channels, <c>RGB</c>.</param>
public sealed record ProfileReport(string Name, IReadOnlyList<float> Mean, IReadOnlyList<float> Std, string Channels)
{
    /// <summary>A profile as a report.</summary>
    public static ProfileReport Of(NormalisationProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new(profile.Name, [.. profile.Mean], [.. profile.Std], "RGB");
    }
}
