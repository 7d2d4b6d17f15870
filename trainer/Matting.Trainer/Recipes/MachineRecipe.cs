using Matting.Trainer.Configuration;
using Matting.Trainer.Torch;

namespace Matting.Trainer.Recipes;

/// <summary>What of the machine is used.</summary>
public sealed record MachineRecipe : ISettingsSection
{
    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; a device that is not there is an error.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads of the tensor library; null: the cores this process may use.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// <c>keep</c>: blocks of memory that are freed stay with the process (see <see cref="NativeMemory"/>), which makes
    /// a step on the CPU about a third faster; <c>system</c>: they go back to the system at once.
    /// </summary>
    public string Allocator { get; init; } = NativeMemory.Keep;

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        checks.Require(TorchDevice.IsName(Device), nameof(Device), $"'{Device}' is not a device, expected cpu, cuda or cuda:N");
        if (Threads is int threads)
            checks.Between(threads, 1, 1024, nameof(Threads));
        checks.OneOf(Allocator, [NativeMemory.Keep, NativeMemory.System]);
    }
}
