using System.Text;
using Matting.Shared.Weights.Containers;
using Matting.Shared.Weights.Pickle;

namespace Matting.Shared.Weights.Checkpoints;

/// <summary>Writes PyTorch's zip format, entry by entry in the order <c>torch.save</c> has.</summary>
internal static class CheckpointWriter
{
    // torch.save's name for files without a name; one name for all keeps the bytes independent of the path
    private const string Root = "archive";

    // version 3 of PyTorch's container, which every torch.load since 1.6 reads
    private static ReadOnlySpan<byte> Version => "3\n"u8;

    /// <summary>Writes a value from the stream's position on.</summary>
    public static void Write(Stream stream, PickleValue root)
    {
        PickleWriter pickle = new();
        byte[] bytes = pickle.Write(root);
        ZipStoredWriter zip = new(stream);
        zip.Add($"{Root}/data.pkl", bytes);
        zip.Add($"{Root}/byteorder", Encoding.ASCII.GetBytes("little"));
        for (int key = 0; key < pickle.Storages.Count; key++)
            zip.Add($"{Root}/data/{key}", pickle.Storages[key].Data.Span);
        zip.Add($"{Root}/version", Version);
        zip.Finish();
    }
}
