using Matting.Shared.Weights.Pickle;

namespace Matting.Shared.Weights.Checkpoints;

/// <summary>Finds the bytes of storages in one kind of container.</summary>
internal interface IStorageReader
{
    /// <summary>Reads a whole storage: exactly its number of elements times their size.</summary>
    /// <param name="storage">Which one.</param>
    /// <param name="tensor">The tensor that needs it, for messages.</param>
    /// <exception cref="WeightsFormatException">It is missing, or has another size.</exception>
    ReadOnlyMemory<byte> Read(StorageReference storage, string? tensor);
}
