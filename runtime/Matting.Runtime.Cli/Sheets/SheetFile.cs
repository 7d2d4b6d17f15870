using Matting.CommandLine;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Sheets;

/// <summary>The file that a contact sheet goes to.</summary>
internal static class SheetFile
{
    private static readonly string[] Extensions = [".PNG", ".JPG", ".JPEG", ".WEBP"];

    /// <summary>Refuses names of other kinds before any work is done.</summary>
    /// <exception cref="UserErrorException">The extension is another one, or the file exists.</exception>
    public static void Check(string option, string path, bool overwrite, params string[] others)
    {
        if (!Extensions.Concat(others).Contains(Path.GetExtension(path).ToUpperInvariant()))
            throw UserErrorException.Usage($"{option} {path}: expected a name that ends in {string.Join(", ", Extensions.Concat(others).Select(extension => extension.ToLowerInvariant()))}");
        if (!overwrite && Path.Exists(path))
            throw new UserErrorException($"{path} exists already (--overwrite replaces it)");
    }

    /// <summary>Text on coloured ground wants its colours at full resolution.</summary>
    public static ImageWriteOptions Options(bool overwrite) => new() { JpegFullChroma = true, Overwrite = overwrite };
}
