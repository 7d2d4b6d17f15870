using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenCvSharp.Native;

/// <summary>The C functions of the shim library.</summary>
internal static unsafe partial class Shim
{
    private const string Library = "opencvsharp_standin";

    /// <summary>What a failed call left; the layout is the shim's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Failure
    {
        private const int FunctionLength = 128;
        private const int FileLength = 256;
        private const int MessageLength = 1024;

        internal int Code;
        internal int Line;
        private fixed byte _function[FunctionLength];
        private fixed byte _file[FileLength];
        private fixed byte _message[MessageLength];

        internal void ThrowIfAny()
        {
            if (Code == 0)
                return;
            fixed (byte* function = _function, file = _file, message = _message)
                throw new OpenCVException((ErrorCode)Code, Text(function), Text(message), Text(file), Line);
        }

        private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
    }

    [LibraryImport(Library, EntryPoint = "shim_mat_new")]
    internal static partial void MatNew(int rows, int cols, int type, nint data, nuint step, nint* mat, Failure* failure);

    [LibraryImport(Library, EntryPoint = "shim_mat_delete")]
    internal static partial void MatDelete(nint mat);

    [LibraryImport(Library, EntryPoint = "shim_resize")]
    internal static partial void Resize(nint source, nint target, int width, int height, double fx, double fy, int interpolation, Failure* failure);

    [LibraryImport(Library, EntryPoint = "shim_gaussian_blur")]
    internal static partial void GaussianBlur(nint source, nint target, int width, int height, double sigmaX, double sigmaY, int border, Failure* failure);

    [LibraryImport(Library, EntryPoint = "shim_set_threads")]
    internal static partial void SetNumThreads(int threads, Failure* failure);

    [LibraryImport(Library, EntryPoint = "shim_get_threads")]
    internal static partial void GetNumThreads(int* threads, Failure* failure);

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
            throw new DllNotFoundException($"{file} or a library it needs is missing (Debian: libopencv-core406 libopencv-imgproc406): {detail}", missing);
        }
    }
}
