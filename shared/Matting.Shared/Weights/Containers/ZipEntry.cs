namespace Matting.Shared.Weights.Containers;

/// <summary>One stored file of a zip container; its place in the content has been checked.</summary>
/// <param name="Name">The full name, with slashes.</param>
/// <param name="HeaderOffset">Where its local header begins.</param>
/// <param name="DataOffset">Where its bytes begin.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Checksum">CRC-32 of the bytes; 0 where the writer did not compute it.</param>
internal readonly record struct ZipEntry(string Name, long HeaderOffset, long DataOffset, long Size, uint Checksum);
