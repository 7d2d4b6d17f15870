using Matting.Shared.Files;
using Matting.Shared.Weights.Checkpoints;
using Matting.Shared.Weights.Containers;
using Matting.Shared.Weights.Pickle;

namespace Matting.Shared.Weights;

/// <summary>
/// PyTorch's <c>.pth</c> files: reads what <c>torch.save</c> writes (the zip container since 1.6 and the legacy stream)
/// and writes what <c>torch.load</c> reads, also with <c>weights_only=True</c>.
/// </summary>
/// <remarks>
/// The pickle inside is read by a machine of our own that knows tensors, dictionaries, lists, tuples, numbers, strings,
/// bytes, booleans and None. Anything else is refused by its name; nothing of a file is ever executed. Tensors that lie
/// in C order share the bytes of their storage, so that reading takes little more memory than the file has bytes.
/// </remarks>
public static class PthFile
{
    private const int BeginningLength = 16;

    /// <summary>Reads a file.</summary>
    /// <exception cref="WeightsFormatException">The content is damaged, hostile or of a kind that is not read.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static PthDocument Read(string path)
    {
        using ByteSource source = ByteSource.OpenFile(path);
        return Read(source);
    }

    /// <summary>Reads a file's content from memory.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="WeightsFormatException">The content is damaged, hostile or of a kind that is not read.</exception>
    public static PthDocument Read(ReadOnlyMemory<byte> content, string name)
    {
        using ByteSource source = ByteSource.FromMemory(content, name);
        return Read(source);
    }

    /// <summary>Writes a value; the same value always gives the same bytes.</summary>
    /// <param name="path">The target; it is replaced in one step when all is written.</param>
    /// <param name="root">What to save, often a dictionary with a state dictionary under <c>model_state</c>.</param>
    /// <param name="overwrite">False: an existing target is an error.</param>
    /// <exception cref="ArgumentException">The value cannot be written: it contains itself, is too deep, or has text that is not Unicode.</exception>
    /// <exception cref="IOException">The target exists and <paramref name="overwrite"/> is false, or the disk refuses.</exception>
    public static void Write(string path, PickleValue root, bool overwrite = true) =>
        AtomicFile.Write(path, stream => Write(stream, root), overwrite);

    /// <summary>Writes a bare state dictionary; see <see cref="Write(string, PickleValue, bool)"/>.</summary>
    public static void Write(string path, StateDict tensors, bool overwrite = true) =>
        Write(path, new PickleDict(tensors), overwrite);

    /// <summary>Writes a value to a stream, from its present position on; see <see cref="Write(string, PickleValue, bool)"/>.</summary>
    public static void Write(Stream stream, PickleValue root)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(root);
        CheckpointWriter.Write(stream, root);
    }

    internal static bool Matches(ReadOnlySpan<byte> beginning) => ZipContainer.Matches(beginning) || LegacyCheckpoint.Matches(beginning);

    internal static PthDocument Read(ByteSource source)
    {
        byte[] beginning = source.Read(0, (int)Math.Min(BeginningLength, source.Length));
        if (ZipContainer.Matches(beginning))
            return new PthDocument(source.Name, ZipCheckpoint.Read(source));
        if (LegacyCheckpoint.Matches(beginning))
            return new PthDocument(source.Name, LegacyCheckpoint.Read(source));
        throw source.Refuse(WeightsFormatError.UnknownFormat, "is neither a zip file nor a pickle, hence no .pth file");
    }
}
