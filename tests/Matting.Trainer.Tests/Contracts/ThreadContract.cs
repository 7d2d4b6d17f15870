using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Matting.Trainer.Tests.Contracts;

/// <summary>The number of threads is the process's: these tests run alone.</summary>
[Collection(nameof(DefaultGenerator))]
public sealed class ThreadContract
{
    [Fact]
    public void The_number_of_threads_is_what_was_set()
    {
        int before = get_num_threads();
        try
        {
            set_num_threads(2);
            Assert.Equal(2, get_num_threads());
            set_num_threads(1);
            Assert.Equal(1, get_num_threads());
        }
        finally
        {
            set_num_threads(before);
        }

        Assert.InRange(get_num_interop_threads(), 1, 1024);
    }

    [Fact]
    public void Threads_compute_at_the_same_time_without_disturbing_each_other()
    {
        using Tensor weight = Numbers.Floats(1, 4, 3, 3, 3);
        using Tensor image = Numbers.Floats(2, 1, 3, 16, 16);
        using Tensor expected = F.conv2d(image, weight);
        Parallel.For(0, 8, _ =>
        {
            long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (int i = 0; i < 20; i++)
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable plain = no_grad();
                Assert.True(F.conv2d(image, weight).allclose(expected));
            }

            Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            Assert.True(is_grad_enabled());
        });
    }

    [Fact]
    public void Backward_runs_on_several_threads()
    {
        Parallel.For(0, 4, n =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = full([3], n, requires_grad: true, dtype: float64);
            x.pow(2).sum().backward();
            Numbers.AssertClose([2 * n, 2 * n, 2 * n], x.grad!, 0);
        });
    }
}
