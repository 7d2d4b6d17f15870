using Matting.Shared.Weights;

namespace Matting.Shared.Tests.Weights;

/// <summary>Asserts about content that must be refused.</summary>
internal static class Refused
{
    /// <summary>Fails unless the checkpoint is refused for that reason, in one line that names the file.</summary>
    public static WeightsFormatException Pth(WeightsFormatError reason, byte[] content, params string[] words) =>
        Check(reason, () => PthFile.Read(content, "bad.pth"), "bad.pth", words);

    /// <summary>The same for a checkpoint that has this pickle and no storage.</summary>
    public static WeightsFormatException Pickle(WeightsFormatError reason, byte[] pickle, params string[] words) =>
        Pth(reason, TinyZip.Checkpoint(pickle), words);

    /// <summary>The same for a safetensors file.</summary>
    public static WeightsFormatException Safetensors(WeightsFormatError reason, byte[] content, params string[] words) =>
        Check(reason, () => SafetensorsFile.Read(content, "bad.safetensors"), "bad.safetensors", words);

    /// <summary>Fails if reading throws anything but the one exception; a result is fine.</summary>
    public static bool Survives(Func<object> read)
    {
        try
        {
            read();
            return true;
        }
        catch (WeightsFormatException)
        {
            return false;
        }
    }

    private static WeightsFormatException Check(WeightsFormatError reason, Func<object> read, string file, string[] words)
    {
        WeightsFormatException error = Assert.Throws<WeightsFormatException>(read);
        Assert.True(error.Reason == reason, $"expected {reason}, got {error.Reason}: {error.Message}");
        Assert.Equal(file, error.File);
        Assert.StartsWith($"{file}: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.True(error.Message.Length < 1000, "the message is short");
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        return error;
    }
}
