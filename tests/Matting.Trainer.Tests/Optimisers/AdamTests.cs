using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Optimisers;

public sealed class AdamTests
{
    public static TheoryData<string> Traces => Golden.Ids("layers", "optimizer");

    [Theory]
    [MemberData(nameof(Traces))]
    public void Follows_the_golden_trace(string id)
    {
        GoldenCase c = Golden.Case(id);
        Npy start = c.Input("start"), gradients = c.Input("grads"), after = c.Output("after_each_step");
        double[] rates = Numbers(c, "lr"), betas = Numbers(c, "betas");
        using torch.Tensor weights = TensorMemory.FromFloats(start.Floats, start.Shape).requires_grad_();
        using Adam optimiser = new([new NamedParameter("w", weights)], new AdamOptions
        {
            Beta1 = betas[0],
            Beta2 = betas[1],
            Eps = c.Params.GetProperty("eps").GetDouble(),
            WeightDecay = c.Params.GetProperty("weight_decay").GetDouble(),
            Decoupled = c.Params.GetProperty("kind").GetString() == "adamw",
        });
        int size = start.Floats.Length;

        for (int step = 0; step < rates.Length; step++)
        {
            using torch.Tensor gradient = TensorMemory.FromFloats(gradients.Floats.AsSpan(step * size, size), start.Shape);
            weights.grad = gradient;
            optimiser.Lr = rates[step];
            optimiser.Step();
            Close(c, "after_each_step", after.Floats[(step * size)..((step + 1) * size)], weights);
        }

        Assert.Equal(rates.Length, optimiser.States[0].Step);
        Close(c, "exp_avg", c.Output("exp_avg").Floats, optimiser.States[0].ExpAvg);
        Close(c, "exp_avg_sq", c.Output("exp_avg_sq").Floats, optimiser.States[0].ExpAvgSq);
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_and_gradients_can_be_taken_away()
    {
        using torch.Tensor moved = torch.ones([3]).requires_grad_();
        using torch.Tensor kept = torch.ones([3]).requires_grad_();
        using Adam optimiser = new([new("moved", moved), new("kept", kept)], new AdamOptions { Lr = 0.1 });
        moved.grad = torch.ones([3]);

        optimiser.Step();
        optimiser.ZeroGradients();

        Assert.NotEqual(1f, moved[0].item<float>());
        Assert.Equal(1f, kept[0].item<float>());
        Assert.Equal((1L, 0L), (optimiser.States[0].Step, optimiser.States[1].Step));
        Assert.Null(moved.grad);
    }

    [Fact]
    public void A_saved_state_goes_on_where_it_stood()
    {
        using TempFolder folder = new();
        string file = folder.File("optimiser.pth");
        using torch.Tensor weights = torch.ones([2, 3]).requires_grad_(), idle = torch.ones([1]).requires_grad_();
        using Adam first = new([new("w", weights), new("idle", idle)], new AdamOptions());
        Take(first, weights, steps: 3);
        PthFile.Write(file, AdamCheckpoint.Save(first));
        using torch.Tensor copy = weights.detach().clone().requires_grad_();
        using Adam second = new([new("w", copy), new("idle", idle)], new AdamOptions());

        AdamCheckpoint.Load(second, (PickleDict)PthFile.Read(file).Root, file);
        Take(first, weights, steps: 2);
        Take(second, copy, steps: 2);

        Assert.Equal(5, second.States[0].Step);
        Assert.Equal(TensorMemory.ToFloats(weights), TensorMemory.ToFloats(copy));
        Assert.Equal(0, second.States[1].Step);
    }

    [Fact]
    public void A_state_of_other_parameters_is_refused_and_changes_nothing()
    {
        using torch.Tensor weights = torch.ones([2, 3]).requires_grad_(), other = torch.ones([3, 2]).requires_grad_();
        using Adam saved = new([new("w", weights)], new AdamOptions());
        using Adam loading = new([new("v", other)], new AdamOptions());
        Take(saved, weights, steps: 1);

        WeightsFormatException e = Assert.Throws<WeightsFormatException>(() => AdamCheckpoint.Load(loading, AdamCheckpoint.Save(saved), "o.pth"));
        Assert.Contains("expected exp_avg as a tensor of shape [3, 2]", e.Message, StringComparison.Ordinal);
        Assert.Throws<WeightsFormatException>(() => AdamCheckpoint.Load(loading, new PickleDict(), "o.pth"));
        Assert.Equal(0, loading.States[0].Step);
    }

    private static void Take(Adam optimiser, torch.Tensor weights, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            using torch.Tensor gradient = weights.detach() * 0.5f + step;
            weights.grad = gradient;
            optimiser.Step();
        }
    }

    private static double[] Numbers(GoldenCase c, string name) =>
        [.. c.Params.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static void Close(GoldenCase c, string output, float[] expected, torch.Tensor actual)
    {
        (double absolute, double relative) = c.ToleranceOf(output);
        Near.AssertClose(expected, TensorMemory.ToFloats(actual), absolute, relative, $"{c.Id} {output}");
    }
}
