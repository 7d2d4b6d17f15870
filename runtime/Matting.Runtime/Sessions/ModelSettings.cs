using Matting.Shared.Imaging;
using Matting.Shared.Onnx;

namespace Matting.Runtime.Sessions;

/// <summary>How pictures are prepared for a model: what it says about itself and what the options say, which must agree.</summary>
/// <param name="Card">What the model says about itself; null for a foreign one.</param>
/// <param name="Profile">The normalisation.</param>
/// <param name="Size">The size at which the network runs; null means that every picture decides.</param>
internal sealed record ModelSettings(ModelCard? Card, NormalisationProfile Profile, NetworkSize? Size)
{
    private const string MattingTask = "matting";

    /// <exception cref="ArgumentException">The options contradict themselves or name an unknown profile.</exception>
    /// <exception cref="MattingModelException">Model and options contradict each other, or neither says what is needed.</exception>
    public static ModelSettings Resolve(ModelCard? card, ModelSignature signature, MattingModelOptions options, string name)
    {
        if (options.Height is null != options.Width is null)
            throw new ArgumentException("height and width are given together or not at all", nameof(options));
        if (options.Height is < 1 || options.Width is < 1)
            throw new ArgumentException($"a size of {options.Height}x{options.Width} has no pixels", nameof(options));
        NormalisationProfile? wanted = options.Profile is { } profile ? NormalisationProfile.Get(profile) : null;
        if (card is not null)
            CheckCard(card, signature, wanted, name);
        return new(card, card?.Profile ?? wanted ?? throw NoProfile(name), ResolveSize(card, signature, options, name));
    }

    private static void CheckCard(ModelCard card, ModelSignature signature, NormalisationProfile? wanted, string name)
    {
        if (card.Task != MattingTask)
            throw new MattingModelException(name, MattingModelError.Unsuitable, $"is a model for {card.Task}, not for {MattingTask}");
        if (card.Height != signature.Height || card.Width != signature.Width)
            throw new MattingModelException(name, MattingModelError.Invalid, $"its metadata says {Text(card.Height, card.Width)}, its graph {Text(signature.Height, signature.Width)}");
        if (wanted is not null && wanted != card.Profile)
            throw new MattingModelException(name, MattingModelError.Contradiction, $"was trained with the profile {card.Profile.Name}, not with {wanted.Name} (leave --profile away)");
    }

    private static NetworkSize? ResolveSize(ModelCard? card, ModelSignature signature, MattingModelOptions options, string name)
    {
        int? height = signature.Height ?? options.Height;
        int? width = signature.Width ?? options.Width;
        if (options.Height is not null && (height != options.Height || width != options.Width))
        {
            throw new MattingModelException(name, MattingModelError.Contradiction,
                $"takes pictures of {Text(signature.Height, signature.Width)}, not of {Text(options.Height, options.Width)} (leave --size away, or export the model with --dynamic)");
        }
        if (height is null || width is null)
        {
            return card is not null
                ? null
                : throw new MattingModelException(name, MattingModelError.Undescribed, "has no Matting metadata and takes pictures of any size: say at which it is to run (--size N or HxW)");
        }
        return new NetworkSize(height.Value, width.Value);
    }

    private static MattingModelException NoProfile(string name) => new(name, MattingModelError.Undescribed,
        $"has no Matting metadata: say which normalisation it was trained with (--profile {string.Join("|", NormalisationProfile.Known.Select(profile => profile.Name))})");

    private static string Text(int? height, int? width) =>
        height is null && width is null ? "any size" : FormattableString.Invariant($"{height?.ToString() ?? "?"}x{width?.ToString() ?? "?"}");
}
