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

    /// <summary>
    /// What convolutions and feature maps are computed in: <c>fp32</c>, <c>bf16</c> (a CPU with AVX512-BF16 or AMX, or CUDA) or <c>fp16</c>
    /// with dynamic loss scaling (CUDA). Weights, batch-norm statistics and losses are float32 in any case.
    /// </summary>
    public string Precision { get; init; } = Fp32;

    /// <summary><c>channels_last</c>: the channels of a pixel lie side by side; <c>contiguous</c>: each channel is a plane. The same but for rounding.</summary>
    public string MemoryFormat { get; init; } = ChannelsLast;

    /// <summary>CUDA only: <c>high</c> multiplies matrices of float32 with TF32's ten bits, <c>highest</c> with all of them.</summary>
    public string MatmulPrecision { get; init; } = High;

    /// <summary>CUDA only: true lets convolutions of float32 compute with TF32's ten bits.</summary>
    public bool Tf32 { get; init; } = true;

    internal const string Bf16 = "bf16";
    internal const string High = "high";
    private const string Fp32 = "fp32";
    private const string Fp16 = "fp16";
    private const string ChannelsLast = "channels_last";

    /// <summary>How the network is computed.</summary>
    public ComputeOptions ToCompute() => new()
    {
        Precision = Precision switch { Bf16 => Torch.Precision.Bf16, Fp16 => Torch.Precision.Fp16, _ => Torch.Precision.Fp32 },
        ChannelsLast = MemoryFormat == ChannelsLast,
    };

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        checks.Require(TorchDevice.IsName(Device), nameof(Device), $"'{Device}' is not a device, expected cpu, cuda or cuda:N");
        if (Threads is int threads)
            checks.Between(threads, 1, 1024, nameof(Threads));
        checks.OneOf(Allocator, [NativeMemory.Keep, NativeMemory.System]);
        checks.OneOf(Precision, [Fp32, Bf16, Fp16]);
        checks.Require(Precision != Fp16 || Device != "cpu", nameof(Precision), "is fp16, which only CUDA computes with; use bf16 or fp32");
        checks.OneOf(MemoryFormat, [ChannelsLast, "contiguous"]);
        checks.OneOf(MatmulPrecision, ["highest", High]);
    }
}
