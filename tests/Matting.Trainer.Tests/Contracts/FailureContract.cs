using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Matting.Trainer.Tests.Contracts;

public sealed class FailureContract
{
    [Fact]
    public void What_libtorch_refuses_is_an_external_exception_with_its_text()
    {
        using DisposeScope scope = NewDisposeScope();
        ExternalException shapes = Assert.Throws<ExternalException>(() => ones(2, 3) + ones(2, 4));
        Assert.Contains("must match the size", shapes.Message, StringComparison.Ordinal);
        ExternalException channels = Assert.Throws<ExternalException>(() => F.conv2d(ones(1, 2, 4, 4), ones(1, 3, 3, 3)));
        Assert.Contains("to have 3 channels, but got 2 channels", channels.Message, StringComparison.Ordinal);
        ExternalException range = Assert.Throws<ExternalException>(() => ones(2).sum(5));
        Assert.Contains("Dimension out of range", range.Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => ones(6).reshape(4));
        Assert.Throws<ExternalException>(() => cat([ones(2), ones(2, 2)]));
        Assert.Throws<ExternalException>(() => ones(2).backward());
    }

    [Fact]
    public void A_failure_leaves_the_thread_and_its_tensors_usable()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2, 3);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 100; i++) Assert.Throws<ExternalException>(() => x.reshape(7));
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(6f, x.sum().ToSingle());
    }

    [Fact]
    public void Threads_see_their_own_failures()
    {
        Parallel.For(0, 8, n =>
        {
            using DisposeScope scope = NewDisposeScope();
            for (int i = 0; i < 50; i++)
            {
                long size = 10 + n;
                ExternalException failure = Assert.Throws<ExternalException>(() => ones(3).reshape(size));
                Assert.Contains($"[{size}]", failure.Message, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused_by_name()
    {
        if (cuda.is_available()) Assert.Skip("this machine has CUDA");
        Assert.Equal(0, cuda.device_count());
        Assert.False(TryInitializeDeviceType(DeviceType.CUDA));
        InvalidOperationException missing = Assert.Throws<InvalidOperationException>(() => InitializeDeviceType(DeviceType.CUDA));
        Assert.Contains("CUDA", missing.Message, StringComparison.Ordinal);
        using Tensor x = ones(1);
        Assert.Throws<InvalidOperationException>(() => x.cuda());
        Assert.Throws<InvalidOperationException>(() => x.to("cuda:0"));
        Assert.Throws<InvalidOperationException>(() => zeros(1, device: new Device(DeviceType.CUDA)));
        Assert.Throws<ArgumentException>(() => new Device("toaster"));
    }

    [Fact]
    public void Devices_have_a_kind_and_a_number()
    {
        Assert.Equal("cpu", torch.CPU.ToString());
        Device second = new("cuda:1");
        Assert.Equal((DeviceType.CUDA, 1, "cuda:1"), (second.type, second.index, second.ToString()));
        Assert.Equal("cuda", new Device(DeviceType.CUDA).ToString());
        using Tensor x = ones(1, device: torch.CPU);
        Assert.Equal((DeviceType.CPU, -1), (x.device.type, x.device.index));
    }
}
