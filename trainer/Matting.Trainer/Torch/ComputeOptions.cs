using TorchSharp;

namespace Matting.Trainer.Torch;

/// <summary>How a network is computed; nothing of it changes what is computed beyond rounding.</summary>
public sealed record ComputeOptions
{
    /// <summary>The numbers of convolutions and feature maps.</summary>
    public Precision Precision { get; init; } = Precision.Fp32;

    /// <summary>True: the channels of a pixel lie side by side in memory, which vectorised convolutions want; false: each channel is a plane.</summary>
    public bool ChannelsLast { get; init; } = true;

    /// <summary>For people: <c>bf16, channels_last</c>.</summary>
    public override string ToString() => $"{Precision.ToString().ToLowerInvariant()}, {(ChannelsLast ? "channels_last" : "contiguous")}";

    /// <summary>The element type of convolutions and feature maps.</summary>
    internal torch.ScalarType Type => Precision switch
    {
        Precision.Fp32 => torch.ScalarType.Float32,
        Precision.Bf16 => torch.ScalarType.BFloat16,
        Precision.Fp16 => torch.ScalarType.Float16,
        _ => throw new ArgumentOutOfRangeException(nameof(Precision), Precision, "not a known precision"),
    };
}
