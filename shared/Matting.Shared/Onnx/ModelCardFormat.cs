using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Matting.Shared.Imaging;

namespace Matting.Shared.Onnx;

/// <summary>A <see cref="ModelCard"/> as metadata properties and back, strictly: what one version writes, it can tell from damage.</summary>
internal static partial class ModelCardFormat
{
    public const string Prefix = "matting.";

    private const string Format = Prefix + "format";
    private const string Network = Prefix + "network";
    private const string Task = Prefix + "task";
    private const string Profile = Prefix + "profile";
    private const string Mean = Prefix + "mean";
    private const string Std = Prefix + "std";
    private const string Channels = Prefix + "channels";
    private const string Size = Prefix + "size";
    private const string Precision = Prefix + "precision";
    private const string Rounding = Prefix + "rounding";
    private const string Classes = Prefix + "classes";
    private const string Checkpoint = Prefix + "checkpoint.sha256";
    private const string Verified = Prefix + "verified";
    private const string Validation = Prefix + "validation";
    private const string Toolchain = Prefix + "toolchain";

    private const string FormatVersion = "1";
    private const string ChannelOrder = "RGB";
    private const string AnySize = "dynamic";
    private const string None = "none";

    public static IReadOnlyDictionary<string, string> Write(ModelCard card)
    {
        if (card.Height is null != card.Width is null || card.Height < 1 || card.Width < 1)
            throw new InvalidOperationException($"a model card has a positive height and width or neither, not {card.Height}x{card.Width}");
        double[] figures = [.. card.Validation.Values, card.Verified?.Maximum ?? 0, card.Verified?.Mean ?? 0, card.Rounding?.Maximum ?? 0, card.Rounding?.Mean ?? 0];
        if (!Array.TrueForAll(figures, double.IsFinite))
            throw new InvalidOperationException("a model card has finite figures only");
        OrderedDictionary<string, string> metadata = new()
        {
            [Format] = FormatVersion,
            [Network] = Required(card.Network, nameof(card.Network)),
            [Task] = Required(card.Task, nameof(card.Task)),
            [Profile] = card.Profile.Name,
            [Mean] = Numbers(card.Profile.Mean),
            [Std] = Numbers(card.Profile.Std),
            [Channels] = ChannelOrder,
            [Size] = card.Height is int height ? FormattableString.Invariant($"{height}x{card.Width}") : AnySize,
            [Classes] = JsonSerializer.Serialize(card.Classes),
            [Checkpoint] = card.CheckpointSha256 is string sha && !Sha256().IsMatch(sha)
                ? throw new InvalidOperationException($"'{sha}' is not a SHA-256 in lower-case hexadecimal digits")
                : card.CheckpointSha256 ?? None,
            [Verified] = Difference(card.Verified),
            [Validation] = JsonSerializer.Serialize(card.Validation),
            [Toolchain] = Required(card.ToolchainVersion, nameof(card.ToolchainVersion)),
        };
        // models of before did not say it, and were fp32: so are those that do not say it now
        if (card.Precision != ModelPrecision.Float32)
        {
            metadata[Precision] = card.Precision.Name();
            metadata[Rounding] = Difference(card.Rounding);
        }
        else if (card.Rounding is not null)
        {
            throw new InvalidOperationException("a model in float32 was not rounded");
        }
        return metadata;
    }

    public static ModelCard? Read(IReadOnlyDictionary<string, string> metadata, string file)
    {
        if (!metadata.Keys.Any(key => key.StartsWith(Prefix, StringComparison.Ordinal)))
            return null;
        Fields fields = new(metadata, file);
        fields.Expect(Format, FormatVersion);
        fields.Expect(Channels, ChannelOrder);
        (int? height, int? width) = ReadSize(fields);
        ModelPrecision precision = fields.Optional(Precision) is not string word
            ? ModelPrecision.Float32
            : ModelPrecisions.Find(word) ?? throw fields.Bad(Precision);
        ModelCard card = new()
        {
            Precision = precision,
            Rounding = precision == ModelPrecision.Float32 ? null : ReadDifference(fields, Rounding),
            Network = fields.Text(Network),
            Task = fields.Text(Task),
            Profile = ReadProfile(fields),
            Height = height,
            Width = width,
            Classes = ReadClasses(fields),
            CheckpointSha256 = fields.Text(Checkpoint) is var sha && sha == None ? null : Sha256().IsMatch(sha) ? sha : throw fields.Bad(Checkpoint),
            Verified = ReadDifference(fields, Verified),
            Validation = fields.Json<Dictionary<string, double>>(Validation),
            ToolchainVersion = fields.Text(Toolchain),
        };
        fields.RefuseOthers();
        return card;
    }

    private static (int? Height, int? Width) ReadSize(Fields fields)
    {
        string text = fields.Text(Size);
        if (text == AnySize)
            return (null, null);
        Match match = SizePattern().Match(text);
        return match.Success
            ? (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
            : throw fields.Bad(Size);
    }

    private static string[] ReadClasses(Fields fields)
    {
        string?[] names = fields.Json<string?[]>(Classes);
        return [.. names.Select(name => name ?? throw fields.Bad(Classes))];
    }

    private static NormalisationProfile ReadProfile(Fields fields)
    {
        string name = fields.Text(Profile);
        NormalisationProfile profile;
        try
        {
            profile = new(name, fields.Numbers(Mean), fields.Numbers(Std));
        }
        catch (ArgumentException error)
        {
            throw fields.Bad(Std, error.Message);
        }
        NormalisationProfile? known = NormalisationProfile.Known.FirstOrDefault(candidate => candidate.Name == name);
        return known is null || known == profile
            ? profile
            : throw fields.Bad(Profile, $"the numbers are not those of the profile {name}");
    }

    private static string Difference(ModelVerification? measured) => measured is null
        ? None
        : FormattableString.Invariant($"maximum {measured.Maximum:R} mean {measured.Mean:R}");

    private static ModelVerification? ReadDifference(Fields fields, string key)
    {
        string text = fields.Text(key);
        if (text == None)
            return null;
        string[] words = text.Split(' ');
        return words is ["maximum", var maximum, "mean", var mean]
            && TryNumber(maximum, out double largest) && TryNumber(mean, out double average) && largest >= average && average >= 0
            ? new(largest, average)
            : throw fields.Bad(key);

        static bool TryNumber(string text, out double number) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    private static string Numbers(IEnumerable<float> numbers) =>
        string.Join(",", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    private static string Required(string value, string what) =>
        value.Length > 0 ? value : throw new InvalidOperationException($"a model card needs a {what}");

    [GeneratedRegex("^([1-9][0-9]{0,5})x([1-9][0-9]{0,5})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern();

    [GeneratedRegex("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256();

    /// <summary>The properties of one model; every complaint names the key.</summary>
    private sealed class Fields(IReadOnlyDictionary<string, string> metadata, string file)
    {
        private readonly HashSet<string> _known = [];

        public string Text(string key)
        {
            _known.Add(key);
            string? value = metadata.GetValueOrDefault(key);
            return string.IsNullOrEmpty(value) ? throw Bad(key) : value;
        }

        public string? Optional(string key) => metadata.ContainsKey(key) ? Text(key) : null;

        public void Expect(string key, string value)
        {
            if (Text(key) != value)
                throw Bad(key, $"'{metadata[key]}' instead of '{value}'");
        }

        public float[] Numbers(string key)
        {
            List<float> numbers = [];
            foreach (string part in Text(key).Split(','))
            {
                if (!float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float number))
                    throw Bad(key);
                numbers.Add(number);
            }
            return numbers.Count == 3 ? [.. numbers] : throw Bad(key);
        }

        public T Json<T>(string key)
            where T : class
        {
            try
            {
                return JsonSerializer.Deserialize<T>(Text(key)) ?? throw Bad(key);
            }
            catch (JsonException)
            {
                throw Bad(key);
            }
        }

        public void RefuseOthers()
        {
            string? other = metadata.Keys.FirstOrDefault(key => key.StartsWith(Prefix, StringComparison.Ordinal) && !_known.Contains(key));
            if (other is not null)
                throw Bad(other, "this version of the toolchain does not know this key");
        }

        public OnnxFormatException Bad(string key, string? detail = null)
        {
            detail ??= metadata.TryGetValue(key, out string? value) ? $"'{value}' makes no sense" : "is missing";
            return new(file, OnnxFormatError.BadMetadata, $"metadata '{key}': {detail}");
        }
    }
}
