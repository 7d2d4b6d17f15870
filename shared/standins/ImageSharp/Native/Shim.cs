using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Native;

/// <summary>The C functions of the shim library.</summary>
internal static unsafe partial class Shim
{
    internal const int MessageLength = 200;
    internal const int Ok = 0;
    internal const int Unsupported = 2;
    internal const int Memory = 3;

    private const string Library = "imagesharp_standin";

    [StructLayout(LayoutKind.Sequential)]
    internal struct Info
    {
        internal uint Width;
        internal uint Height;
        internal uint Grey;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Target
    {
        internal byte* Pixels;
        internal uint Width;
        internal uint Height;
        internal uint Channels;
        internal uint Bits;
    }

    [LibraryImport(Library, EntryPoint = "shim_free")]
    internal static partial void Free(byte* memory);

    [LibraryImport(Library, EntryPoint = "shim_png_info")]
    internal static partial int PngInfo(byte* data, nuint size, Info* found, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_png_read")]
    internal static partial int PngRead(byte* data, nuint size, Target* target, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_png_write")]
    internal static partial int PngWrite(Target* image, int level, byte** bytes, nuint* count, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_jpeg_info")]
    internal static partial int JpegInfo(byte* data, nuint size, Info* found, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_jpeg_read")]
    internal static partial int JpegRead(byte* data, nuint size, Target* target, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_jpeg_write")]
    internal static partial int JpegWrite(Target* image, int quality, int fullChroma, byte** bytes, nuint* count, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_webp_info")]
    internal static partial int WebpInfo(byte* data, nuint size, Info* found, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_webp_read")]
    internal static partial int WebpRead(byte* data, nuint size, Target* target, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_webp_write")]
    internal static partial int WebpWrite(Target* image, float quality, int method, int lossless, int exact, byte** bytes, nuint* count, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_tiff_info")]
    internal static partial int TiffInfo(byte* data, nuint size, Info* found, byte* message);

    [LibraryImport(Library, EntryPoint = "shim_tiff_read")]
    internal static partial int TiffRead(byte* data, nuint size, Target* target, byte* message);

    /// <summary>Turns a status that is not <see cref="Ok"/> into the exception that the official library throws.</summary>
    internal static void ThrowUnlessOk(int status, string format, byte* message)
    {
        if (status == Ok)
            return;
        string text = $"{format}: {Marshal.PtrToStringUTF8((nint)message)}";
        throw status switch
        {
            Unsupported => new NotSupportedException(text),
            Memory => new SixLabors.ImageSharp.Memory.InvalidMemoryOperationException(text),
            _ => new InvalidImageContentException(text),
        };
    }

    [ModuleInitializer]
    internal static void NameWhatIsMissing() => NativeLibrary.SetDllImportResolver(typeof(Shim).Assembly, Resolve);

    // The runtime's own message does not say which of the shim's libraries is missing.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Library)
            return 0;
        string file = Path.Combine(AppContext.BaseDirectory, $"lib{Library}.so");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException missing)
        {
            // the last line is the loader's: it names the file that it did not find
            string detail = missing.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
            throw new DllNotFoundException($"{file} or a library it needs is missing (Debian: libpng16-16 libjpeg62-turbo libwebp7 libwebpdemux2 libtiff6): {detail}", missing);
        }
    }
}
