using Matting.Shared.Files;
using Matting.Shared.Weights.Containers;
using Matting.Shared.Weights.Safetensors;

namespace Matting.Shared.Weights;

/// <summary>
/// Safetensors files: eight bytes with the header's length, a JSON header with type, shape and place of each tensor, and
/// the tensors one after the other.
/// </summary>
/// <remarks>Source of the format: the README of the project huggingface/safetensors.</remarks>
public static class SafetensorsFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="WeightsFormatException">The content is damaged, hostile or has element types that are not read.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static SafetensorsDocument Read(string path)
    {
        using ByteSource source = ByteSource.OpenFile(path);
        return SafetensorsReader.Read(source);
    }

    /// <summary>Reads a file's content from memory.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="WeightsFormatException">The content is damaged, hostile or has element types that are not read.</exception>
    public static SafetensorsDocument Read(ReadOnlyMemory<byte> content, string name)
    {
        using ByteSource source = ByteSource.FromMemory(content, name);
        return SafetensorsReader.Read(source);
    }

    /// <summary>Writes a file; the same tensors and metadata always give the same bytes.</summary>
    /// <param name="path">The target; it is replaced in one step when all is written.</param>
    /// <param name="tensors">What to save; the header keeps their order.</param>
    /// <param name="metadata">Free text; written in the order of its keys. Null: none.</param>
    /// <param name="overwrite">False: an existing target is an error.</param>
    /// <exception cref="ArgumentException">A tensor is called <c>__metadata__</c>, or the header would be too long.</exception>
    /// <exception cref="IOException">The target exists and <paramref name="overwrite"/> is false, or the disk refuses.</exception>
    public static void Write(
        string path, StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null, bool overwrite = true) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata), overwrite);

    /// <summary>Writes to a stream; see <see cref="Write(string, StateDict, IReadOnlyDictionary{string, string}?, bool)"/>.</summary>
    public static void Write(Stream stream, StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        SafetensorsWriter.Write(stream, tensors, metadata);
    }
}
