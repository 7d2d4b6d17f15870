using Matting.Shared.Networks;
using Matting.Shared.Numerics;
using Matting.Trainer.Losses;
using Matting.Trainer.Recipes;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Losses;

public sealed class AlphaCompositeLossTests
{
    private const int Samples = 2;
    private const int Side = 12;

    public static TheoryData<string> Variants => [.. Options.Keys];

    private static Dictionary<string, AlphaCompositeOptions> Options { get; } = new()
    {
        ["the defaults"] = new(),
        ["thin objects"] = new() { ThinWeight = 3, ThinSize = 3 },
        ["a square larger than the picture"] = new() { ThinWeight = 1, ThinSize = 31 },
        ["Charbonnier"] = new() { CharbonnierWeight = 0.7, CharbonnierEps = 0.05 },
        ["no slope anywhere"] = new() { EdgeWeight = 0, SlopeBoost = 0 },
        ["everything different"] = new()
        {
            ObjectWeight = 0.3, ObjectThreshold = 0.4, SlopeBoost = 1.5, EdgeWeight = 0.2, BackgroundWeight = 2, BackgroundThreshold = 0.2,
            HazeBoost = 5, HazeThreshold = 0.3, ThinWeight = 0.5, ThinSize = 5, CharbonnierWeight = 0.1, CharbonnierEps = 0.01,
        },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void Value_and_gradient_are_those_of_the_formula_pixel_by_pixel(string variant)
    {
        AlphaCompositeOptions options = Options[variant];
        (float[] prediction, float[] truth) = Pictures();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor p = Tensor(prediction).requires_grad_();

        torch.Tensor loss = new AlphaCompositeLoss(options).Of(new(("d0", p)), Tensor(truth));
        loss.backward();

        double[] wide = [.. prediction];
        Assert.Equal(CompositeTwin.Of(wide, truth, Samples, Side, options), loss.item<float>(), 1e-6);
        float[] gradient = TensorMemory.ToFloats(p.grad!);
        for (int i = 0; i < wide.Length; i += 7)
        {
            // far from float32's roundings, and from the kinks of the formula, which the random values do not meet
            const double Little = 1e-6;
            double value = wide[i];
            wide[i] = value + Little;
            double above = CompositeTwin.Of(wide, truth, Samples, Side, options);
            wide[i] = value - Little;
            double below = CompositeTwin.Of(wide, truth, Samples, Side, options);
            wide[i] = value;
            Assert.Equal((above - below) / (2 * Little), gradient[i], 2e-6);
        }
    }

    [Fact]
    public void Outputs_count_alike()
    {
        (float[] prediction, float[] truth) = Pictures();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor target = Tensor(truth), first = Tensor(prediction), second = 1 - first;
        AlphaCompositeLoss loss = new(Options["everything different"]);

        double together = loss.Of(new(("d0", first), ("d1", second)), target).item<float>();

        double mean = (loss.Of(new(("d0", first)), target).item<float>() + loss.Of(new(("d0", second)), target).item<float>()) / 2;
        Assert.Equal(mean, together, 1e-6);
    }

    [Fact]
    public void Thin_is_what_a_square_does_not_fit_into_and_a_border_is_no_edge()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        float[] mask = new float[8 * 8];
        for (int y = 0; y < 8; y++)
        {
            mask[y * 8 + 6] = 1; // a line one pixel wide
            for (int x = 0; x < 4; x++)
                mask[y * 8 + x] = 1; // a block that leaves the picture at three sides
        }

        float[] thin = TensorMemory.ToFloats(ThinMap.Of(TensorMemory.FromFloats(mask, [1, 1, 8, 8]), 3));

        for (int y = 0; y < 8; y++)
            Assert.Equal([0, 0, 0, 1, 0, 0, 1, 0], thin[(y * 8)..(y * 8 + 8)]);
    }

    [Fact]
    public void Nothing_but_the_loss_outlives_the_call()
    {
        (float[] prediction, float[] truth) = Pictures();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor p = Tensor(prediction).requires_grad_(), target = Tensor(truth);
        long before = torch.Tensor.TotalCount;

        using torch.Tensor loss = new AlphaCompositeLoss(Options["everything different"]).Of(new(("d0", p)), target);

        Assert.Equal(before + 1, torch.Tensor.TotalCount);
    }

    [Fact]
    public void An_output_of_another_size_is_refused_with_both_shapes()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        NamedOutputs<torch.Tensor> outputs = new(("d0", torch.zeros([2, 1, 4, 4])), ("d1", torch.zeros([2, 1, 1, 4])));

        ArgumentException e = Assert.Throws<ArgumentException>(() => new AlphaCompositeLoss().Of(outputs, torch.zeros([2, 1, 4, 4])));

        Assert.StartsWith("output d1 is 2 x 1 x 1 x 4, the target 2 x 1 x 4 x 4", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_hands_every_setting_on()
    {
        AlphaCompositeLossRecipe recipe = Assert.IsType<AlphaCompositeLossRecipe>(RecipeFile.Parse("""
            data: {train: t.csv, val: v.csv}
            loss:
              name: alpha-composite
              object_weight: 0.3
              object_threshold: 0.4
              slope_boost: 1.5
              edge_weight: 0.2
              background_weight: 2
              background_threshold: 0.2
              haze_boost: 5
              haze_threshold: 0.3
              thin_weight: 0.5
              thin_size: 5
              charbonnier_weight: 0.1
              charbonnier_eps: 0.01
            """, "r.yaml").Loss);
        (float[] prediction, float[] truth) = Pictures();
        using DisposeScope scope = torch.NewDisposeScope();

        double loss = recipe.Create().Of(new(("d0", Tensor(prediction))), Tensor(truth)).item<float>();

        double[] wide = [.. prediction];
        Assert.Equal(CompositeTwin.Of(wide, truth, Samples, Side, Options["everything different"]), loss, 1e-6);
    }

    private static torch.Tensor Tensor(float[] values) => TensorMemory.FromFloats(values, [Samples, 1, Side, Side]);

    // a disc, a line and a slope on a background that is not quite empty; predictions anywhere in between
    private static (float[] Prediction, float[] Truth) Pictures()
    {
        SeededRandom random = new(5);
        float[] prediction = new float[Samples * Side * Side], truth = new float[prediction.Length];
        for (int i = 0; i < truth.Length; i++)
        {
            int y = i / Side % Side, x = i % Side;
            prediction[i] = (float)random.Uniform(0, 1);
            bool disc = (y - 5) * (y - 5) + (x - 4) * (x - 4) < 14;
            truth[i] = disc ? 0.9f : x == 10 ? 0.6f : y > 9 ? x * 0.04f : 0.01f;
        }
        return (prediction, truth);
    }
}
