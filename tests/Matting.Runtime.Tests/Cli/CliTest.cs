using Matting.Runtime.Tests.TinyModels;
using Matting.Testing;

namespace Matting.Runtime.Tests.Cli;

/// <summary>A test class of the command line: a folder of its own with a small model in it.</summary>
public abstract class CliTest : IDisposable
{
    private protected const int Side = 16;

    private protected CliTest()
    {
        Model = Folder.File("model.onnx");
        File.WriteAllBytes(Model, MattingSmall.WithCard(Side, Side));
        OpenModel = Folder.File("open.onnx");
        File.WriteAllBytes(OpenModel, MattingSmall.WithCard());
    }

    private protected TempFolder Folder { get; } = new();

    /// <summary>A model of 16 x 16.</summary>
    private protected string Model { get; }

    /// <summary>A model of open size.</summary>
    private protected string OpenModel { get; }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string Picture(string name, int width = 20, int height = 12, long seed = 1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder.File(name))!);
        return Pictures.File(Folder, name, width, height, seed);
    }
}
