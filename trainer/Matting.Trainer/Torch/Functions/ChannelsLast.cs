using TorchSharp;

namespace Matting.Trainer.Torch.Functions;

/// <summary>
/// Tensors N x C x H x W whose channels lie side by side in memory: what vectorised convolutions want. TorchSharp has no argument
/// for a memory format; a tensor with such strides is one.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The same numbers with their channels side by side; gradients flow through.</summary>
    /// <param name="tensor">N x C x H x W.</param>
    public static torch.Tensor Of(torch.Tensor tensor)
    {
        using torch.Tensor pixels = tensor.permute(0, 2, 3, 1), packed = pixels.contiguous();
        return packed.permute(0, 3, 1, 2);
    }

    /// <summary>True when the channels lie side by side, and only then: with a single channel there is nothing to tell.</summary>
    public static bool Is(torch.Tensor tensor)
    {
        if (tensor.shape is not [_, > 1, _, _])
            return false;
        using torch.Tensor pixels = tensor.permute(0, 2, 3, 1);
        return pixels.is_contiguous();
    }

    /// <summary>A tensor with room for numbers, its channels side by side.</summary>
    public static torch.Tensor Empty(long samples, long channels, long height, long width, torch.ScalarType type) =>
        torch.empty_strided([samples, channels, height, width], [height * width * channels, 1, width * channels, channels], type);
}
