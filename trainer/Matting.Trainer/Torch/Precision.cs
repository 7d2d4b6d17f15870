namespace Matting.Trainer.Torch;

/// <summary>In which numbers convolutions and what lies between them are computed; weights, batch-norm statistics, predictions and losses are float32 in any case.</summary>
public enum Precision
{
    /// <summary>float32.</summary>
    Fp32,

    /// <summary>bfloat16: the range of float32 with 8 bits of precision. CPUs with AVX512-BF16 or AMX, and CUDA.</summary>
    Bf16,

    /// <summary>float16: 11 bits of precision, but gradients vanish below 6e-8 and need a scaled loss. CUDA only.</summary>
    Fp16,
}
