using TorchSharp;

namespace Matting.Trainer.Losses;

/// <summary>How steep pictures are at each pixel, after Sobel.</summary>
internal static class SobelSlope
{
    // keeps the root's derivative finite where a picture is flat
    private const double Flat = 1e-6;

    // across, then down; correlated with the picture as every convolution of a network is
    private static readonly float[] Kernels =
    [
        1, 0, -1,
        2, 0, -2,
        1, 0, -1,

        1, 2, 1,
        0, 0, 0,
        -1, -2, -1,
    ];

    private static readonly long[] Padding = [1, 1];

    /// <summary>sqrt(gx^2 + gy^2 + 1e-6) of both 3x3 Sobel kernels; beyond the border lie zeros.</summary>
    /// <param name="pictures">N x 1 x H x W.</param>
    /// <returns>A tensor of the same shape; it belongs to the dispose scope of the caller.</returns>
    public static torch.Tensor Of(torch.Tensor pictures)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        if (pictures.device_type == DeviceType.CPU && pictures.dtype == torch.ScalarType.Float32)
            return SobelFunction.Of(pictures, (float)Flat).MoveToOuterDisposeScope();
        torch.Tensor kernels = torch.tensor(Kernels, [2, 1, 3, 3], dtype: pictures.dtype, device: pictures.device);
        torch.Tensor both = torch.nn.functional.conv2d(pictures, kernels, padding: Padding);
        // in place where the backward pass does not ask for what was there before
        return both.square().sum([1], keepdim: true).add_(Flat).sqrt_().MoveToOuterDisposeScope();
    }
}
