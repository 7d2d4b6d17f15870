using Matting.Shared.Imaging;

namespace Matting.Runtime;

/// <summary>Which output of a network is the alpha.</summary>
public enum OutputRule
{
    /// <summary>The first, the others being side outputs of training.</summary>
    First,

    /// <summary>The last, the earlier ones being coarser.</summary>
    Last,
}

/// <summary>
/// What a family of foreign models does not say about itself, in the one table of <see cref="Known"/>. Of the family's own code it takes
/// the scaling of the input, the output and what makes alpha of it; what it does not take (<see cref="Differences"/>) is how pictures are resized
/// (always Pillow's bilinear filter with antialiasing, to the whole of the network's size) and any stretch of the result.
/// </summary>
public sealed record ModelPreset
{
    private const string Stretch = "its own code also stretches the result to 0..1; here only --normalise-output minmax does";
    private const string U2NetSource = "xuebinqin/U-2-Net: data_loader.py, u2net_test.py";
    private const string U2NetDifference = "its own code divides by the picture's largest value, here by 255 (the same for pictures that have white in them); " + Stretch;

    /// <summary>Its name, for instance <c>u2netp</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The normalisation of the input.</summary>
    public required NormalisationProfile Profile { get; init; }

    /// <summary>The size at which files of open size run, others know theirs; null when each picture decides.</summary>
    public required NetworkSize? Size { get; init; }

    /// <summary>Where each picture decides: what its shorter side becomes, see <see cref="NetworkSize.ByShorterSide"/>.</summary>
    public int? ShorterSide { get; init; }

    /// <summary>Height and width must be multiples of this.</summary>
    public int SizeMultiple { get; init; } = 1;

    /// <summary>Which output is read.</summary>
    public OutputRule Output { get; init; }

    /// <summary>What makes alpha of the output.</summary>
    public OutputNormalisation OutputNormalisation { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>What the family's own code does otherwise, beside the filter that resizes.</summary>
    public required string Differences { get; init; }

    /// <summary>The families that are known.</summary>
    public static IReadOnlyList<ModelPreset> Known { get; } =
    [
        U2Net("u2net"),
        U2Net("u2netp"),
        U2Net("silueta"),
        new()
        {
            Name = "isnet", Profile = NormalisationProfile.IsNet, Size = new(1024, 1024),
            Source = "xuebinqin/DIS: IS-Net/Inference.py", Differences = Stretch + "; rembg subtracts ImageNet's means instead of 0.5",
        },
        new()
        {
            Name = "isnet-anime", Profile = NormalisationProfile.Unit, Size = new(1024, 1024),
            Source = "SkyTNT/anime-segmentation: inference.py", Differences = "its own code keeps the aspect ratio and fills with black; rembg subtracts ImageNet's means",
        },
        new()
        {
            Name = "rmbg-1.4", Profile = NormalisationProfile.IsNet, Size = new(1024, 1024),
            Source = "briaai/RMBG-1.4: model card", Differences = Stretch,
        },
        new()
        {
            Name = "rmbg-2.0", Profile = NormalisationProfile.Imagenet, Size = new(1024, 1024), SizeMultiple = 32,
            Source = "briaai/RMBG-2.0: model card; its ONNX file ends in the sigmoid", Differences = "none; rembg stretches the result",
        },
        new()
        {
            Name = "birefnet", Profile = NormalisationProfile.Imagenet, Size = new(1024, 1024), SizeMultiple = 32,
            Output = OutputRule.Last, OutputNormalisation = OutputNormalisation.Sigmoid,
            Source = "ZhengPeng7/BiRefNet: inference.py", Differences = "none; rembg stretches the result",
        },
        new()
        {
            Name = "modnet", Profile = NormalisationProfile.Half, Size = null, ShorterSide = 512, SizeMultiple = 32,
            Source = "ZHKKKe/MODNet: onnx/inference_onnx.py", Differences = "none",
        },
    ];

    /// <summary>Finds a known family by its name.</summary>
    /// <exception cref="ArgumentException">No such preset; the message lists the known ones.</exception>
    public static ModelPreset Get(string name) =>
        Known.FirstOrDefault(preset => preset.Name == name)
        ?? throw new ArgumentException($"no preset {name}; known: {string.Join(", ", Known.Select(preset => preset.Name))}", nameof(name));

    private static ModelPreset U2Net(string name) => new()
    {
        Name = name,
        Profile = NormalisationProfile.Imagenet,
        Size = new(320, 320),
        Source = U2NetSource,
        Differences = U2NetDifference,
    };
}
