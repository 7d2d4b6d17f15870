using System.Runtime.Intrinsics.X86;

namespace Matting.Trainer.Torch;

/// <summary>What this machine's processor can do beyond what .NET tells.</summary>
public static class CpuFeatures
{
    // CPUID leaf 7: sub-leaf 1, EAX bit 5 is AVX512_BF16; sub-leaf 0, EDX bit 22 is AMX-BF16 (Intel SDM volume 2A, table 3-8)
    private const int ExtendedFeatures = 7;
    private const int Avx512BFloat16 = 1 << 5;
    private const int AmxBFloat16 = 1 << 22;

    /// <summary>True when products of bfloat16 are computed by the processor itself.</summary>
    public static bool HasBFloat16 { get; } = Detect();

    private static bool Detect()
    {
        // without AVX-512 in the operating system's hands neither is of use
        if (!X86Base.IsSupported || !Avx512F.IsSupported || X86Base.CpuId(0, 0).Eax < ExtendedFeatures)
            return false;
        (int subLeaves, _, _, int features) = X86Base.CpuId(ExtendedFeatures, 0);
        return (features & AmxBFloat16) != 0 || (subLeaves >= 1 && (X86Base.CpuId(ExtendedFeatures, 1).Eax & Avx512BFloat16) != 0);
    }
}
