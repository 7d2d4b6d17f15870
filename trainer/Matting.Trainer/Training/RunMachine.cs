using Matting.Trainer.Recipes;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Training;

/// <summary>What of the machine a run has.</summary>
/// <param name="Device">Where the tensors live.</param>
/// <param name="Compute">How they are computed with.</param>
/// <param name="Threads">Threads of the tensor library.</param>
/// <param name="Allocator">What holds for freed memory, for people.</param>
internal sealed record RunMachine(torch.Device Device, ComputeOptions Compute, int Threads, string Allocator)
{
    /// <summary>Sets the tensor library up for this process.</summary>
    /// <exception cref="TrainingException">The device is not there, or cannot compute in the precision.</exception>
    public static RunMachine Prepare(MachineRecipe recipe)
    {
        // the allocator has to be set before the tensor library loads
        string allocator = NativeMemory.Apply(recipe.Allocator);
        int threads = recipe.Threads ?? Environment.ProcessorCount; // affinity and cgroup limits included
        torch.set_num_threads(threads);
        torch.Device device = TorchDevice.Open(recipe.Device);
        if (recipe.Precision == MachineRecipe.Bf16 && device.type == DeviceType.CPU && !CpuFeatures.HasBFloat16)
            throw new TrainingException("precision bf16: this CPU has neither AVX512-BF16 nor AMX, so it would be slower than fp32; use fp32");
        if (device.type == DeviceType.CUDA)
            TorchDevice.AllowTf32(matmul: recipe.MatmulPrecision == MachineRecipe.High, convolutions: recipe.Tf32);
        return new RunMachine(device, recipe.ToCompute(), threads, allocator);
    }
}
