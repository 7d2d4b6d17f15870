using Matting.Trainer.Recipes;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Training;

/// <summary>What of the machine a run has.</summary>
/// <param name="Device">Where the tensors live.</param>
/// <param name="Threads">Threads of the tensor library.</param>
/// <param name="Allocator">What holds for freed memory, for people.</param>
internal sealed record RunMachine(torch.Device Device, int Threads, string Allocator)
{
    /// <summary>Sets the tensor library up for this process.</summary>
    /// <exception cref="TrainingException">The device is not there.</exception>
    public static RunMachine Prepare(MachineRecipe recipe)
    {
        // the allocator has to be set before the tensor library loads
        string allocator = NativeMemory.Apply(recipe.Allocator);
        int threads = recipe.Threads ?? Environment.ProcessorCount; // affinity and cgroup limits included
        torch.set_num_threads(threads);
        return new RunMachine(TorchDevice.Open(recipe.Device), threads, allocator);
    }
}
