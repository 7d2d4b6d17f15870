using Matting.Trainer.Data;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Training;

/// <summary>A batch as tensors on a device; they belong to the dispose scope of the caller.</summary>
/// <param name="Images">Normalised pictures, N x 3 x H x W.</param>
/// <param name="Alphas">Alphas in 0..1, N x 1 x H x W.</param>
internal readonly record struct BatchTensors(torch.Tensor Images, torch.Tensor Alphas)
{
    /// <summary>Copies a batch onto a device.</summary>
    public static BatchTensors Of(Batch batch, torch.Device device) => new(
        TensorMemory.FromFloats(batch.Images, [batch.Count, 3, batch.Size, batch.Size], device),
        TensorMemory.FromFloats(batch.Alphas, [batch.Count, 1, batch.Size, batch.Size], device));
}
