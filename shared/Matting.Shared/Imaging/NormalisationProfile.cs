using System.Collections.Immutable;

namespace Matting.Shared.Imaging;

/// <summary>
/// How 8-bit values become network input: <c>(x / 255 - mean) / std</c> per channel (R, G, B), every step rounded to
/// float32. Immutable; two profiles are equal when their numbers are.
/// </summary>
public sealed record NormalisationProfile
{
    private readonly Lazy<float[]> _table;

    /// <summary>Creates a profile.</summary>
    /// <param name="name">Its name, as recorded in an exported model.</param>
    /// <param name="mean">Three finite means, R, G, B, on the scale 0..1.</param>
    /// <param name="std">Three finite positive divisors, R, G, B.</param>
    /// <exception cref="ArgumentException">Not three numbers each, or a number that cannot be used.</exception>
    public NormalisationProfile(string name, ReadOnlySpan<float> mean, ReadOnlySpan<float> std)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (mean.Length != 3 || std.Length != 3)
            throw new ArgumentException($"profile {name}: three means and three deviations (R, G, B), got {mean.Length} and {std.Length}");
        for (int c = 0; c < 3; c++)
        {
            if (!float.IsFinite(mean[c]) || !float.IsFinite(std[c]) || std[c] <= 0)
                throw new ArgumentException($"profile {name}: channel {c} has mean {mean[c]} and deviation {std[c]}; wanted finite numbers, the deviation above 0");
        }
        Name = name;
        Mean = [.. mean];
        Std = [.. std];
        _table = new Lazy<float[]>(BuildTable);
    }

    /// <summary>ImageNet statistics: mean .485 .456 .406, deviation .229 .224 .225 (torchvision's published constants).</summary>
    public static NormalisationProfile Imagenet { get; } = new("imagenet", [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Mean and deviation 0.5: 0..255 becomes -1..1.</summary>
    public static NormalisationProfile Half { get; } = new("half", [0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);

    /// <summary>Only the division by 255: 0..255 becomes 0..1.</summary>
    public static NormalisationProfile Unit { get; } = new("unit", [0f, 0f, 0f], [1f, 1f, 1f]);

    /// <summary>Mean 0.5, deviation 1: 0..255 becomes -0.5..0.5 (IS-Net's own inference code).</summary>
    public static NormalisationProfile IsNet { get; } = new("isnet", [0.5f, 0.5f, 0.5f], [1f, 1f, 1f]);

    /// <summary>The profiles that have a name of their own.</summary>
    public static IReadOnlyList<NormalisationProfile> Known { get; } = [Imagenet, Half, Unit, IsNet];

    /// <summary>The profile's name.</summary>
    public string Name { get; }

    /// <summary>Means of R, G, B on the scale 0..1.</summary>
    public ImmutableArray<float> Mean { get; }

    /// <summary>Divisors of R, G, B.</summary>
    public ImmutableArray<float> Std { get; }

    /// <summary>Finds a known profile by its name.</summary>
    /// <exception cref="ArgumentException">No such profile; the message lists the known ones.</exception>
    public static NormalisationProfile Get(string name) =>
        Known.FirstOrDefault(profile => profile.Name == name)
        ?? throw new ArgumentException($"no normalisation profile {name}; known: {string.Join(", ", Known.Select(profile => profile.Name))}", nameof(name));

    /// <inheritdoc/>
    public bool Equals(NormalisationProfile? other) =>
        other is not null && Name == other.Name && Mean.SequenceEqual(other.Mean) && Std.SequenceEqual(other.Std);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Mean[0], Mean[1], Mean[2], Std[0], Std[1], Std[2]);

    /// <summary>The normalised value of each of the 256 levels of a channel (0 = R).</summary>
    internal ReadOnlySpan<float> Levels(int channel) => _table.Value.AsSpan(channel * 256, 256);

    // The divisions are true float32 divisions, as in the reference; a multiplication by 1/255 differs in the last bit.
    private float[] BuildTable()
    {
        float[] table = new float[3 * 256];
        for (int c = 0; c < 3; c++)
        {
            for (int level = 0; level < 256; level++)
            {
                float unit = level / 255f;
                table[(c * 256) + level] = (unit - Mean[c]) / Std[c];
            }
        }
        return table;
    }
}
