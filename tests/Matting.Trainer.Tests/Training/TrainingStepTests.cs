using Matting.Shared.Networks;
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
}
