namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>
/// Calls through the table by the shape of their arguments: most functions of the C API are one of a
/// few shapes. All throw <see cref="OnnxRuntimeException"/> when the library reports an error.
/// </summary>
internal static unsafe class OrtApi
{
    /// <summary>status f(out handle)</summary>
    public static nint Create(int slot)
    {
        nint result;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint*, nint>)OrtLibrary.Table[slot])(&result));
        return result;
    }

    /// <summary>status f(handle, out pointer or size)</summary>
    public static nint Get(int slot, nint handle)
    {
        nint result = 0;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint*, nint>)OrtLibrary.Table[slot])(handle, &result));
        return result;
    }

    /// <summary>status f(handle, out enumeration)</summary>
    public static int GetEnum(int slot, nint handle)
    {
        int result = 0;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, int*, nint>)OrtLibrary.Table[slot])(handle, &result));
        return result;
    }

    /// <summary>status f(handle, index, out pointer)</summary>
    public static nint GetAt(int slot, nint handle, nint index)
    {
        nint result = 0;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint, nint*, nint>)OrtLibrary.Table[slot])(handle, index, &result));
        return result;
    }

    /// <summary>status f(handle)</summary>
    public static void Call(int slot, nint handle) =>
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint>)OrtLibrary.Table[slot])(handle));

    /// <summary>status f(handle, int or enumeration)</summary>
    public static void Set(int slot, nint handle, int value) =>
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, int, nint>)OrtLibrary.Table[slot])(handle, value));

    /// <summary>status f(handle, handle)</summary>
    public static void Call(int slot, nint handle, nint other) =>
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint, nint>)OrtLibrary.Table[slot])(handle, other));

    /// <summary>void f(handle)</summary>
    public static void Release(int slot, nint handle) =>
        ((delegate* unmanaged[Cdecl]<nint, void>)OrtLibrary.Table[slot])(handle);

    /// <summary>status f(handle, out array, length): dimensions as numbers (long) or as names (pointers), both of 8 bytes</summary>
    public static void Fill(int slot, nint handle, void* values, int count) =>
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, void*, nint, nint>)OrtLibrary.Table[slot])(handle, values, count));

    /// <summary>status f(handle, allocator, out string): the string is copied and freed</summary>
    public static string TakeString(int slot, nint handle) => OrtString.Take(GetAt(slot, handle, OrtString.Allocator));

    /// <summary>status f(handle, a, b, out string), one of a and b the allocator: the string is copied and freed</summary>
    public static string TakeString(int slot, nint handle, nint a, nint b)
    {
        nint text = 0;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint, nint, nint*, nint>)OrtLibrary.Table[slot])(handle, a, b, &text));
        return OrtString.Take(text);
    }
}
