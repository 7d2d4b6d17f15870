using Matting.Trainer.Augmentation;
using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Tests.Recipes;

/// <summary>
/// The recipes of the two pipelines against their documents: every value is written down here a second time, transcribed from the
/// documents and not from the YAML. What a document does not mention is at what the script's libraries do by default.
/// </summary>
public sealed class PipelineRecipeTests
{
    // CONFIG of both: paths, seed, sizes, batches
    private static readonly Recipe Both = new()
    {
        Output = "outputs/experiments/exp_001",
        Seed = 42,
        Network = "u2netp",
        Init = "U-2-Net/saved_models/u2netp/u2netp.pth",
        Batch = 4,
        Accumulate = 1,
        Data = new DataRecipe { Train = "data/splits/train.csv", Val = "data/splits/val.csv", Root = ".", Exif = "ignore", MaxMegapixels = 500, Workers = 2 },
        Augment = new AugmentRecipe { Resize = null, Crop = 512, Flip = 0.5, Colour = Colour },
        Validation = new ValidationRecipe { Size = 1024, Batch = 1 },
        Ema = new EmaRecipe { Decay = null },
        Machine = new MachineRecipe
        {
            Device = "cpu",
            Threads = null,
            Allocator = "keep",
            Precision = "fp32",
            MemoryFormat = "channels_last",
            MatmulPrecision = "high",
            Tf32 = true,
        },
        Save = new SaveRecipe { EveryMinutes = 10, EverySteps = null },
        Mlflow = new MlflowRecipe { Folder = null },
    };

    // "01_clean": LR, NUM_EPOCHS, LIMIT_DATA, JointAugment, xray_alpha_dense, u2net_mse_loss, AdamW, ReduceLROnPlateau
    private static readonly Recipe Clean = Both with
    {
        Profile = "imagenet",
        Epochs = 12,
        Data = Both.Data with { Limit = 1000 },
        Augment = Both.Augment with
        {
            Rotate = new RotationSettings { Probability = 0.3, Degrees = 10, ImageFill = 255, AlphaInterpolation = "nearest" },
            Xray = Xray(0.9),
        },
        Loss = new AlphaCompositeLossRecipe
        {
            ObjectWeight = 0.8,
            ObjectThreshold = 0.1,
            SlopeBoost = 2,
            EdgeWeight = 0.1,
            BackgroundWeight = 0.5,
            BackgroundThreshold = 0.05,
            HazeBoost = 2,
            HazeThreshold = 0.02,
            ThinWeight = 0,
            ThinSize = 15,
            CharbonnierWeight = 0,
            CharbonnierEps = 1e-3,
        },
        Optimiser = AdamW(5e-5),
        Schedule = new PlateauScheduleRecipe { Factor = 0.1, Patience = 1, Threshold = 1e-4, MinLr = 1e-7 },
    };

    // "matting.ipynb"
    private static readonly Recipe Notebook = Both with
    {
        Profile = "half",
        Epochs = 5,
        Data = Both.Data with { Limit = 10 },
        Augment = Both.Augment with
        {
            Rotate = new RotationSettings { Probability = 0.3, Degrees = 10, ImageFill = 0, AlphaInterpolation = "bilinear" },
            Xray = Xray(0),
        },
        Loss = new MseL1LossRecipe { L1Weight = 0.5 },
        Optimiser = AdamW(1e-4),
        Pictures = new PicturesRecipe { Samples = 3 },
        Schedule = new PlateauScheduleRecipe { Factor = 0.5, Patience = 2, Threshold = 1e-4, MinLr = 0 },
    };

    private static ColourSettings Colour => new()
    {
        Probability = 0.7,
        Brightness = new NumberPair(0.85, 1.15),
        Contrast = new NumberPair(0.85, 1.15),
        Saturation = new NumberPair(0.85, 1.15),
    };

    [Fact]
    public void Clean_has_the_values_of_its_document() => AssertSame(Clean, "clean.yaml");

    [Fact]
    public void Notebook_has_the_values_of_its_document() => AssertSame(Notebook, "notebook.yaml");

    [Theory]
    [InlineData("clean.yaml")]
    [InlineData("notebook.yaml")]
    public void A_pipelines_recipe_leaves_no_setting_to_a_default(string name)
    {
        string file = ShippedRecipes.PathOf(name);
        string[] written = [.. ShippedRecipes.Keys(YamlSettings.ReadSection(File.ReadAllText(file), file))];
        string[] known = [.. ShippedRecipes.Keys(YamlSettings.ReadSection(SettingWriter.Write(RecipeFile.Load(file)), "all"))];
        Assert.Empty(known.Except(written));
    }

    // as text: a difference then shows its key
    private static void AssertSame(Recipe expected, string name)
    {
        Recipe actual = RecipeFile.Load(ShippedRecipes.PathOf(name));
        Assert.Equal(SettingWriter.Write(expected).Split('\n'), SettingWriter.Write(actual).Split('\n'));
        Assert.Equal(expected, actual);
    }

    private static AdamWRecipe AdamW(double lr) => new() { Lr = lr, Betas = new NumberPair(0.9, 0.999), Eps = 1e-8, WeightDecay = 1e-4, ClipNorm = null };

    private static XraySettings Xray(double probability) => new()
    {
        Probability = probability,
        Floor = new NumberPair(0.35, 0.55),
        Amplitude = new NumberPair(0.25, 0.45),
        Ceiling = new NumberPair(0.85, 0.97),
        Detail = new NumberPair(0.6, 1.2),
        Thickness = new NumberPair(0.6, 1.2),
        Unsharp = new NumberPair(0.3, 0.6),
        Background = new NumberPair(0.08, 0.16),
        BackgroundNoise = 0.02,
        BackgroundSigma = 64,
        LowSigma = 10,
    };
}
