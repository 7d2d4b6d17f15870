using TorchSharp;

namespace Matting.Trainer.Tests.Contracts;

/// <summary>Training seeds libtorch's default generator.</summary>
[Collection(nameof(DefaultGenerator))]
public sealed class TrainingContract
{
    [Fact]
    public void A_thousand_steps_learn_and_leave_no_tensor_behind()
    {
        using TinyTraining training = new(seed: 1);
        float first = training.Step();
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        long everywhere = torch.Tensor.TotalCount;
        float last = first;
        for (int step = 0; step < 1000; step++)
        {
            last = training.Step();
            Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        // other threads make none here, but the collector may free what they forgot
        Assert.InRange(torch.Tensor.TotalCount, 1, everywhere);
        Assert.InRange(torch.Tensor.PeakCount, everywhere, long.MaxValue);
        Assert.True(last < 0.25f * first, $"the loss went from {first} to {last} only");
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_to_the_bit()
    {
        float[] once = Train(seed: 3);
        Assert.Equal(once, Train(seed: 3));
        Assert.NotEqual(once, Train(seed: 4));

        static float[] Train(long seed)
        {
            using TinyTraining training = new(seed);
            for (int step = 0; step < 20; step++) training.Step();
            return training.Weights();
        }
    }
}
