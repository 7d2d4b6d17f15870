using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Finds libonnxruntime, loads it once and asks it for its table of functions.</summary>
internal static unsafe class OrtLibrary
{
    // the name that the official package imports from; the loader turns it into libonnxruntime.so beside the assembly
    private const string Name = "onnxruntime";

    // the newest function that everything needs (UpdateEnvWithCustomLogLevel) came with API 14, release 1.14
    private const uint OldestApi = 14;

    private static readonly Lazy<nint> Handle =
        new(() => NativeLibrary.Load(Name, Assembly.GetExecutingAssembly(), DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories));

    private static readonly Lazy<nint> LazyTable = new(FindTable);

    /// <summary>The table of functions (OrtApi); it only ever grows, so that a slot means the same in every release.</summary>
    public static nint* Table => (nint*)LazyTable.Value;

    /// <summary>The library's release, for instance 1.30.0.</summary>
    public static string Version => Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)Base[1])());

    private static nint* Base => (nint*)((delegate* unmanaged[Cdecl]<nint>)NativeLibrary.GetExport(Handle.Value, "OrtGetApiBase"))();

    /// <summary>The API of the library; the table of an older one has fewer slots.</summary>
    public static uint Api => ApiOf(Version);

    /// <summary>A function that the library exports by name beside its table.</summary>
    /// <exception cref="EntryPointNotFoundException">The library was built without it.</exception>
    public static nint Export(string name) => NativeLibrary.GetExport(Handle.Value, name);

    private static nint FindTable()
    {
        nint table = Api >= OldestApi ? ((delegate* unmanaged[Cdecl]<uint, nint>)Base[0])(Api) : 0;
        return table != 0
            ? table
            : throw new NotSupportedException($"libonnxruntime {Version} is too old: 1.{OldestApi} or newer is needed");
    }

    // release 1.x.y has API x; asking for a newer one than the library has fails
    private static uint ApiOf(string release)
    {
        string[] parts = release.Split('.');
        return parts.Length > 1 && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out uint minor) ? minor : 0;
    }
}
