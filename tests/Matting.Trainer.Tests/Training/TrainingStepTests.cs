using Matting.Shared.Networks;
using Matting.Testing;
using Matting.Trainer.Losses;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Tests.Torch;
using Matting.Trainer.Torch;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Trainer.Tests.Training;

public sealed class TrainingStepTests
{
    [Fact]
    public void The_number_of_live_tensors_stays_flat_and_the_loss_falls()
    {
        INetwork network = new TinyNetwork();
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        using Adam optimiser = new(parameters.Trainable, new AdamOptions { Lr = 1e-2, WeightDecay = 0 });
        TrainingStep step = new(new TorchNetwork(network, parameters), new MseL1Loss(), optimiser);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor images = TestTensors.Random(1, 2, 3, 12, 10);
        torch.Tensor alphas = (images.mean([1], keepdim: true) > 0).to(torch.ScalarType.Float32);

        double first = step.Take(images, alphas, 0).Loss;
        long live = torch.Tensor.TotalCount;
        double last = first;
        for (int i = 1; i <= 300; i++)
        {
            last = step.Take(images, alphas, i).Loss;
            Assert.Equal(live, torch.Tensor.TotalCount);
        }

        Assert.True(last < first / 3, $"the loss went from {first} to {last}");
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(1, 3)]
    public void Two_batches_of_a_step_give_the_gradients_of_one_large_batch(int first, int second)
    {
        INetwork network = new ConvolutionNetwork(3, Conv2dSpec.Same(1, 3)); // without batch-norm, which looks at each batch alone
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        using Adam optimiser = new(parameters.Trainable, new AdamOptions());
        TrainingStep step = new(new TorchNetwork(network, parameters), new MseL1Loss(), optimiser);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor images = TestTensors.Random(1, 4, 3, 9, 8), alphas = TestTensors.Random(2, 4, 1, 9, 8);

        StepResult whole = step.CollectGradients(images, alphas, 0);
        float[][] expected = Gradients(parameters);
        step.Begin();
        StepResult parts = step.Add(images.narrow(0, 0, first), alphas.narrow(0, 0, first), 1, first / 4.0)
            .With(step.Add(images.narrow(0, first, second), alphas.narrow(0, first, second), 2, second / 4.0));

        foreach ((float[] want, float[] got) in expected.Zip(Gradients(parameters)))
            Near.AssertClose(want, got, 1e-6, 1e-5); // the same sums in another order
        Assert.Equal(whole.Samples, parts.Samples);
        Assert.Equal(whole.Loss, parts.Loss, 1e-6);
        Assert.Equal(whole.Mse, parts.Mse, 1e-6);
    }

    [Fact]
    public void A_step_clips_its_gradients_when_told_to()
    {
        INetwork network = new TinyNetwork();
        using ParameterStore parameters = TestTensors.RandomParameters(network);
        using Adam optimiser = new(parameters.Trainable, new AdamOptions());
        TrainingStep step = new(new TorchNetwork(network, parameters), new MseL1Loss(), optimiser, clipNorm: 1e-3);
        using DisposeScope scope = torch.NewDisposeScope();

        step.Take(TestTensors.Random(1, 2, 3, 9, 8), torch.ones([2, 1, 9, 8]), 0);

        Assert.Equal(1e-3, Math.Sqrt(Gradients(parameters).SelectMany(values => values).Sum(value => (double)value * value)), 1e-6);
    }

    private static float[][] Gradients(ParameterStore parameters) =>
        [.. parameters.Trainable.Select(parameter => TensorMemory.ToFloats(parameter.Value.grad!))];
}
