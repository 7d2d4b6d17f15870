using TorchSharp;

namespace Matting.Trainer.Losses;

/// <summary>Where an object is too thin for a square to fit in: hairs, stalks, rims.</summary>
internal static class ThinMap
{
    /// <summary>The object minus its erosion by a square.</summary>
    /// <param name="mask">0 and 1, N x 1 x H x W.</param>
    /// <param name="size">Side of the square in pixels, odd.</param>
    /// <returns>
    /// 1 where the object is but its erosion is not; beyond the border the object goes on, so that a picture's edge makes nothing
    /// thin. It belongs to the dispose scope of the caller.
    /// </returns>
    public static torch.Tensor Of(torch.Tensor mask, int size)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        // the smallest value of a square is that of its columns' smallest: 2 * size comparisons instead of size^2
        torch.Tensor hollow = torch.nn.functional.max_pool2d(1 - mask, [size, 1], [1, 1], [size / 2, 0]);
        hollow = torch.nn.functional.max_pool2d(hollow, [1, size], [1, 1], [0, size / 2]);
        return (mask * hollow).MoveToOuterDisposeScope();
    }
}
