using Matting.Shared.Imaging;
using Matting.Testing;
using SixLabors.ImageSharp;

namespace Matting.Shared.Tests.Imaging;

/// <summary>The little pictures in Fixtures/Images and the pixels expected in them; make_images.py makes both.</summary>
internal static class Fixtures
{
    private static readonly string Folder = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Matting.Shared.Tests", "Fixtures", "Images");

    /// <summary>True over the stand-ins, false over the official packages.</summary>
    internal static bool OverStandIns { get; } = typeof(Image).Assembly.GetType("SixLabors.ImageSharp.Configuration") is null;

    internal static string PathOf(string name) => Path.Combine(Folder, name);

    internal static string[] Names(params string[] extensions) =>
        [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Where(name => extensions.Contains(Path.GetExtension(name))).Order(StringComparer.Ordinal)];

    internal static string[] AllNames() => Names(".png", ".jpg", ".webp", ".tif", ".bmp");

    internal static TheoryData<string> All() => [.. AllNames()];

    /// <summary>The pixels as stored, RGB or RGBA.</summary>
    internal static PixelImage Expected(string name) => SomePixels.FromNpy(Npy.Read(PathOf(name + ".npy")));

    /// <summary>
    /// What may differ: nothing over the stand-ins. ImageSharp's own decoders round their transforms differently (grey
    /// stays within 8 levels on these small pictures of hard edges), repeat halved chroma where libjpeg interpolates
    /// it (colours at such an edge are off by up to a quarter), and round inks once more.
    /// </summary>
    internal static int Tolerance(string name, bool grey = false)
    {
        if (OverStandIns)
            return 0;
        bool lossy = Path.GetExtension(name) == ".jpg" || name.StartsWith("lossy", StringComparison.Ordinal) || name == "jpeg.tif";
        bool fullChroma = name is "444.jpg" or "grey.jpg" or "cmyk.jpg" or "ycck.jpg";
        return lossy ? (grey || fullChroma ? 8 : 64) : name == "cmyk.tif" ? 1 : 0;
    }
}
