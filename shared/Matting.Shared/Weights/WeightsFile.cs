using Matting.Shared.Weights.Containers;
using Matting.Shared.Weights.Safetensors;

namespace Matting.Shared.Weights;

/// <summary>Loads the tensors of a weights file, whatever its kind and whatever they are wrapped in.</summary>
public static class WeightsFile
{
    private const int BeginningLength = 64;

    /// <summary>
    /// Loads a <c>.pth</c> (zip or legacy) or safetensors file; the content tells which, not the name. A <c>.pth</c> may
    /// hold the tensors directly or under <c>model_state</c> or <c>state_dict</c>.
    /// </summary>
    /// <exception cref="WeightsFormatException">The content is damaged, hostile or holds no state dictionary.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static StateDict Load(string path)
    {
        using ByteSource source = ByteSource.OpenFile(path);
        return Load(source);
    }

    /// <summary>Loads from memory; see <see cref="Load(string)"/>.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="WeightsFormatException">The content is damaged, hostile or holds no state dictionary.</exception>
    public static StateDict Load(ReadOnlyMemory<byte> content, string name)
    {
        using ByteSource source = ByteSource.FromMemory(content, name);
        return Load(source);
    }

    private static StateDict Load(ByteSource source)
    {
        byte[] beginning = source.Read(0, (int)Math.Min(BeginningLength, source.Length));
        // safetensors first: its length prefix can look like a pickle, a pickle never has '{' in ninth place
        if (SafetensorsReader.Matches(beginning))
        {
            StateDict tensors = SafetensorsReader.Read(source).Tensors;
            return tensors.Count > 0 ? tensors : throw source.Refuse(WeightsFormatError.NoStateDict, "the file holds no tensors");
        }
        if (PthFile.Matches(beginning))
            return PthFile.Read(source).FindStateDict();
        throw source.Refuse(WeightsFormatError.UnknownFormat, Describe(beginning));
    }

    private static string Describe(ReadOnlySpan<byte> beginning)
    {
        if (beginning.IsEmpty)
            return "the file is empty";
        if (beginning.StartsWith("version https://git-lfs"u8))
            return "is a Git LFS pointer; the weights themselves have not been fetched (git lfs pull)";
        return "is neither a .pth nor a safetensors file";
    }
}
