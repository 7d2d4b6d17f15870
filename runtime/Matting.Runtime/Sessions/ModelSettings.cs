using Matting.Shared.Imaging;
using Matting.Shared.Onnx;

namespace Matting.Runtime.Sessions;

/// <summary>How pictures are prepared for a model: what it says about itself and what the options say, which must agree.</summary>
/// <param name="Card">What the model says about itself; null for a foreign one.</param>
/// <param name="Profile">The normalisation.</param>
/// <param name="Size">The size at which the network runs; null means that every picture decides.</param>
/// <param name="ShorterSide">How every picture decides, if not by its own size; see <see cref="NetworkSize.ByShorterSide"/>.</param>
/// <param name="Scaling">What makes alpha of its output; null for a foreign model of which nobody has said so.</param>
internal sealed record ModelSettings(ModelCard? Card, NormalisationProfile Profile, NetworkSize? Size, int? ShorterSide, OutputNormalisation? Scaling)
{
    private const string MattingTask = "matting";
    private const string SigmoidOperation = "Sigmoid";

    /// <exception cref="ArgumentException">The options contradict themselves or name an unknown profile.</exception>
    /// <exception cref="MattingModelException">Model and options contradict each other, or neither says what is needed.</exception>
    public static ModelSettings Resolve(ModelCard? card, ModelSignature signature, MattingModelOptions options, string name, byte[] content)
    {
        if (options.Height is null != options.Width is null)
            throw new ArgumentException("height and width are given together or not at all", nameof(options));
        if (options.Height is < 1 || options.Width is < 1)
            throw new ArgumentException($"a size of {options.Height}x{options.Width} has no pixels", nameof(options));
        NormalisationProfile? wanted = options.Profile is { } profile ? NormalisationProfile.Get(profile) : options.Preset?.Profile;
        if (card is not null)
            CheckCard(card, signature, options, wanted, name);
        NormalisationProfile agreed = card?.Profile ?? wanted ?? throw NoProfile(name);
        return new(card, agreed, ResolveSize(card, signature, options, name), card is null ? options.Preset?.ShorterSide : null, ResolveScaling(card, signature, options, name, content));
    }

    /// <summary>The size for a picture where <see cref="Size"/> leaves it open.</summary>
    public NetworkSize ForPicture(int height, int width, int longestSide) => ShorterSide is { } side
        ? NetworkSize.ByShorterSide(height, width, side, longestSide)
        : NetworkSize.ForPicture(height, width, longestSide);

    private static void CheckCard(ModelCard card, ModelSignature signature, MattingModelOptions options, NormalisationProfile? wanted, string name)
    {
        if (card.Task != MattingTask)
            throw new MattingModelException(name, MattingModelError.Unsuitable, $"is a model for {card.Task}, not for {MattingTask}");
        if (card.Height != signature.Height || card.Width != signature.Width)
            throw new MattingModelException(name, MattingModelError.Invalid, $"its metadata says {Text(card.Height, card.Width)}, its graph {Text(signature.Height, signature.Width)}");
        if (wanted is not null && wanted != card.Profile)
        {
            string asked = options.Profile is null ? $"the preset {options.Preset!.Name} says {wanted.Name} (leave --preset away)" : $"not with {wanted.Name} (leave --profile away)";
            throw new MattingModelException(name, MattingModelError.Contradiction, $"was trained with the profile {card.Profile.Name}, {asked}");
        }
        if ((options.OutputNormalisation ?? options.Preset?.OutputNormalisation) is { } scaling and not OutputNormalisation.None)
        {
            string asked = options.OutputNormalisation is null ? $"the preset {options.Preset!.Name} asks" : "--normalise-output asks";
            throw new MattingModelException(name, MattingModelError.Contradiction, $"is a model of Matting, whose output is alpha already; {asked} for {Word(scaling)}");
        }
    }

    private static OutputNormalisation? ResolveScaling(ModelCard? card, ModelSignature signature, MattingModelOptions options, string name, byte[] content)
    {
        OutputNormalisation? scaling = card is not null ? OutputNormalisation.None : options.OutputNormalisation ?? options.Preset?.OutputNormalisation;
        if (scaling == OutputNormalisation.Sigmoid && OutputOrigin.Of(content, signature.Output) == SigmoidOperation)
        {
            string asked = options.OutputNormalisation is null ? $"the preset {options.Preset!.Name} asks for another one (--normalise-output none)" : "--normalise-output asks for another one";
            throw new MattingModelException(name, MattingModelError.Contradiction, $"its output '{signature.Output}' has gone through a sigmoid already; {asked}");
        }
        return scaling;
    }

    private static NetworkSize? ResolveSize(ModelCard? card, ModelSignature signature, MattingModelOptions options, string name)
    {
        ModelPreset? preset = card is null ? options.Preset : null;
        int? height = signature.Height ?? options.Height ?? preset?.Size?.Height;
        int? width = signature.Width ?? options.Width ?? preset?.Size?.Width;
        if (options.Height is not null && (height != options.Height || width != options.Width))
        {
            throw new MattingModelException(name, MattingModelError.Contradiction,
                $"takes pictures of {Text(signature.Height, signature.Width)}, not of {Text(options.Height, options.Width)} (leave --size away, or export the model with --dynamic)");
        }
        if (height is null || width is null)
        {
            return card is not null || (preset?.ShorterSide is not null && height == width)
                ? null
                : throw new MattingModelException(name, MattingModelError.Undescribed, "has no Matting metadata and takes pictures of any size: say at which it is to run (--size N or HxW), or of which family it is (--preset)");
        }
        if (preset is { SizeMultiple: var multiple } && (height % multiple != 0 || width % multiple != 0))
        {
            string source = options.Height is null ? "it takes" : "--size asks for";
            throw new MattingModelException(name, MattingModelError.Contradiction, $"{source} {Text(height, width)}, the preset {preset.Name} needs multiples of {multiple}");
        }
        return new NetworkSize(height.Value, width.Value);
    }

    private static MattingModelException NoProfile(string name) => new(name, MattingModelError.Undescribed,
        $"has no Matting metadata: say which normalisation it was trained with (--profile {string.Join("|", NormalisationProfile.Known.Select(profile => profile.Name))}) "
        + $"or of which family it is (--preset {string.Join("|", ModelPreset.Known.Select(preset => preset.Name))})");

    private static string Word(OutputNormalisation scaling) => scaling == OutputNormalisation.Sigmoid ? "a sigmoid" : "a stretch";

    private static string Text(int? height, int? width) =>
        height is null && width is null ? "any size" : FormattableString.Invariant($"{height?.ToString() ?? "?"}x{width?.ToString() ?? "?"}");
}
