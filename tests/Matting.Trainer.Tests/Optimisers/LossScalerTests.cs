using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Losses;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Tests.Torch;
using Matting.Trainer.Torch;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Trainer.Tests.Optimisers;

public sealed class LossScalerTests
{
    [Fact]
    public void The_scale_grows_after_good_steps_and_falls_after_a_bad_one()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        LossScaler scaler = new(new LossScalerOptions { InitialScale = 8, GrowthInterval = 2 });
        NamedParameter parameter = new("p", torch.zeros([2]).requires_grad_());

        Assert.True(Unscale(scaler, parameter, 16, -8));
        Assert.Equal([2, -1], TensorMemory.ToFloats(parameter.Value.grad!));
        Assert.Equal(8, scaler.Scale);
        Assert.True(Unscale(scaler, parameter, 1, 1));
        Assert.Equal(16, scaler.Scale);
        Assert.False(Unscale(scaler, parameter, float.PositiveInfinity, 1));
        Assert.Equal(8, scaler.Scale);
        Assert.False(Unscale(scaler, parameter, 1, float.NaN));
        Assert.Equal(4, scaler.Scale);
        // a bad step starts the count of good ones anew
        Assert.True(Unscale(scaler, parameter, 1, 1));
        Assert.Equal(4, scaler.Scale);
        Assert.True(Unscale(scaler, parameter, 1, 1));
        Assert.Equal(8, scaler.Scale);
    }

    [Fact]
    public void Gradients_that_no_scale_makes_finite_are_an_error()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        LossScaler scaler = new(new LossScalerOptions { InitialScale = 2 });
        NamedParameter parameter = new("p", torch.zeros([2]).requires_grad_());
        Assert.False(Unscale(scaler, parameter, float.NaN, 1));
        TrainingException e = Assert.Throws<TrainingException>(() => Unscale(scaler, parameter, float.NaN, 1));
        Assert.Contains("not finite", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scaled_step_moves_the_weights_as_one_that_is_not()
    {
        // a power of two changes no digit
        Assert.Equal(WeightsAfterASteps(null), WeightsAfterASteps(new LossScaler()));
    }

    [Fact]
    public void A_step_whose_gradients_do_not_fit_moves_nothing()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        INetwork network = new TinyNetwork();
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        using Adam optimiser = new(parameters.Trainable, new AdamOptions());
        LossScaler scaler = new(new LossScalerOptions { InitialScale = 1e38 });
        TrainingStep step = new(new TorchNetwork(network, parameters), new MseL1Loss(), optimiser, clipNorm: 1, scaler);
        float[] before = TensorMemory.ToFloats(parameters.Trainable[0].Value);

        step.CollectGradients(TestTensors.Random(1, 2, 3, 9, 8) * 1e3, torch.ones([2, 1, 9, 8]), 0);
        parameters.Trainable[0].Value.grad = torch.full_like(parameters.Trainable[0].Value, float.PositiveInfinity);

        Assert.False(step.Move());
        Assert.Equal(before, TensorMemory.ToFloats(parameters.Trainable[0].Value));
        Assert.Equal(0, optimiser.States[0].Step);
        Assert.Equal(5e37, scaler.Scale);
    }

    [Fact]
    public void It_goes_on_from_what_it_saved()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        LossScalerOptions options = new() { InitialScale = 8, GrowthInterval = 3 };
        LossScaler first = new(options), second = new(options);
        NamedParameter parameter = new("p", torch.zeros([1]).requires_grad_());
        Unscale(first, parameter, float.NaN);
        Unscale(first, parameter, 1);
        Unscale(first, parameter, 1);

        second.Load(first.Save(), "state.pth");

        Assert.Equal(4, second.Scale);
        Unscale(second, parameter, 1);
        Assert.Equal(8, second.Scale);
        Assert.Throws<WeightsFormatException>(() => second.Load(new PickleDict { { "scale", "much" } }, "state.pth"));
        Assert.Equal(8, second.Scale);
    }

    private static bool Unscale(LossScaler scaler, NamedParameter parameter, params float[] gradient)
    {
        parameter.Value.grad = torch.tensor(gradient);
        return scaler.Unscale([parameter]);
    }

    private static float[] WeightsAfterASteps(LossScaler? scaler)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        INetwork network = new TinyNetwork();
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        using Adam optimiser = new(parameters.Trainable, new AdamOptions { Lr = 1e-2 });
        TrainingStep step = new(new TorchNetwork(network, parameters), new MseL1Loss(), optimiser, clipNorm: 0.1, scaler);
        for (int i = 0; i < 3; i++)
            step.Take(TestTensors.Random(i, 2, 3, 9, 8), torch.ones([2, 1, 9, 8]), i);
        return [.. parameters.Trainable.SelectMany(parameter => TensorMemory.ToFloats(parameter.Value))];
    }
}
