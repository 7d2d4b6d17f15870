using Matting.Runtime.Cli.Batches;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>The pictures of a folder, by their names without extension, or as a submission names them.</summary>
internal sealed class FolderSource : IPictureSource
{
    private readonly Dictionary<string, string> _files;

    public FolderSource(string folder, Func<string, string> nameOf)
    {
        IReadOnlyList<string> pictures = PictureList.OfFolder(folder).Pictures;
        NameCollisionException.ThrowIfAny(pictures, nameOf);
        _files = pictures.ToDictionary(nameOf, StringComparer.Ordinal);
        Names = [.. pictures.Select(nameOf)];
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<string> Problems => [];

    /// <summary>The file of a name.</summary>
    public string FileOf(string name) => _files[name];

    public PixelImage Read(string name, CancellationToken cancellation)
    {
        PixelImage picture = ImageFile.ReadRgba(_files[name]);
        return Levels.AreGreyAndOpaque(picture) ? Levels.Grey(picture) : picture;
    }

    public void Dispose()
    {
        // files are open only while they are read
    }
}
