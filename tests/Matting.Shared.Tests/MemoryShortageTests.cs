namespace Matting.Shared.Tests;

public class MemoryShortageTests
{
    [Theory]
    [InlineData("[enforce fail at alloc_cpu.cpp:75] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 400000000000 bytes. Error code 12 (Cannot allocate memory)", "out of memory (372.53 GiB more were wanted)")]
    [InlineData("CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 139.72 GiB total capacity)", "out of GPU memory (20.00 MiB more were wanted)")]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", "out of GPU memory")]
    [InlineData("std::bad_alloc", "out of memory")]
    public void A_native_library_without_memory_is_understood(string message, string said) =>
        Assert.Equal(said, MemoryShortage.Explain(new NativeException(message)));

    [Fact]
    public void The_runtimes_own_lack_of_memory_is_one() =>
        Assert.Equal("out of memory", MemoryShortage.Explain(new InsufficientMemoryException()));

    [Fact]
    public void Other_failures_are_none()
    {
        Assert.Null(MemoryShortage.Explain(new NativeException("The size of tensor a (3) must match the size of tensor b (4)")));
        Assert.Null(MemoryShortage.Explain(new IOException("out of memory")));
    }
}
