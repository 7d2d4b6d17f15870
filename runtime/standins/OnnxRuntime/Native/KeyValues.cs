using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Options of an execution provider as two arrays of strings, as the C API takes them.</summary>
internal static unsafe class KeyValues
{
    /// <summary>status f(handle, keys, values, count)</summary>
    public static void Update(int slot, nint handle, Dictionary<string, string> options)
    {
        using Arrays arrays = new(options);
        fixed (nint* keys = arrays.Keys, values = arrays.Values)
            NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint*, nint*, nint, nint>)OrtLibrary.Table[slot])(handle, keys, values, arrays.Keys.Length));
    }

    /// <summary>status f(handle, name, keys, values, count)</summary>
    public static void Append(int slot, nint handle, string name, Dictionary<string, string> options)
    {
        using Arrays arrays = new(options);
        fixed (byte* utf8 = OrtString.Utf8(name))
        fixed (nint* keys = arrays.Keys, values = arrays.Values)
            NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, byte*, nint*, nint*, nint, nint>)OrtLibrary.Table[slot])(handle, utf8, keys, values, arrays.Keys.Length));
    }

    private sealed class Arrays(Dictionary<string, string> options) : IDisposable
    {
        public nint[] Keys { get; } = [.. options.Keys.Select(OrtString.Unmanaged)];

        public nint[] Values { get; } = [.. options.Values.Select(OrtString.Unmanaged)];

        public void Dispose()
        {
            foreach (nint text in (nint[])[.. Keys, .. Values])
                NativeMemory.Free((void*)text);
        }
    }
}
