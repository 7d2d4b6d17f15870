using Matting.Shared.Weights.Containers;
using Matting.Shared.Weights.Pickle;

namespace Matting.Shared.Weights.Checkpoints;

/// <summary>The last step of reading, common to both containers.</summary>
internal static class CheckpointTree
{
    // real checkpoints hardly copy anything; a file of a few kilobytes may not ask for gigabytes
    private const long LeastCopyBudget = 64 << 20;

    /// <summary>Gives the tensors their elements and checks the tree.</summary>
    public static PickleValue Build(object raw, IStorageReader storages, ByteSource source)
    {
        WeightsFormatException Refuse(WeightsFormatError reason, string detail, string? tensor) => source.Refuse(reason, detail, tensor);
        TensorAssembler assembler = new(storages, Math.Max(LeastCopyBudget, 4 * source.Length), Refuse);
        return new PickleTreeBuilder(assembler, Refuse).Build(raw);
    }
}
