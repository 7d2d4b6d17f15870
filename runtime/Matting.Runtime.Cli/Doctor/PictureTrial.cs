using System.Reflection;
using Matting.Runtime.Diagnostics;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Doctor;

/// <summary>Writes, reads and resizes a small picture: then the libraries that do it are loaded and can be named.</summary>
internal static class PictureTrial
{
    private const int Side = 16;

    public static IReadOnlyList<ImageLibraryReport> All() =>
    [
        Report("SixLabors.ImageSharp", ["libjpeg", "libpng", "libwebp", "libtiff", "imagesharp"], WriteAndRead),
        Report("OpenCvSharp", ["opencv"], Resize),
    ];

    private static ImageLibraryReport Report(string assemblyName, string[] natives, Action trial)
    {
        string? failure = null;
        try
        {
            trial();
        }
        catch (Exception caught) when (Cause(caught) is DllNotFoundException or FileNotFoundException or BadImageFormatException or EntryPointNotFoundException or ImageFileException)
        {
            failure = Cause(caught).Message.ReplaceLineEndings(" ").Trim();
        }
        Assembly? assembly = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(loaded => loaded.GetName().Name == assemblyName);
        return new ImageLibraryReport(
            assemblyName,
            assembly is null ? "not loaded" : MachineFacts.Version(assembly),
            assembly is not null && MachineFacts.IsStandIn(assembly),
            [.. natives.SelectMany(InferenceEnvironment.LoadedLibraries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            failure);
    }

    private static void WriteAndRead()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("matting-doctor-");
        try
        {
            foreach (string extension in (string[])["png", "jpg", "webp"])
            {
                string file = Path.Combine(folder.FullName, $"trial.{extension}");
                ImageFile.Write(file, new PixelImage(Side, Side, 3));
                ImageFile.ReadRgb(file);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Resize() => OpenCvResize.Bilinear(new PixelImage(Side, Side, 3), Side / 2, Side / 2);

    private static Exception Cause(Exception failure) =>
        failure is TypeInitializationException { InnerException: { } inner } ? Cause(inner) : failure;
}
