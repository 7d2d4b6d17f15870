using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Strings that cross the border: UTF-8, zero terminated.</summary>
internal static unsafe class OrtString
{
    private static readonly Lazy<nint> DefaultAllocator = new(() => OrtApi.Create(Slot.GetAllocatorWithDefaultOptions));

    /// <summary>The allocator that the library makes its strings with; it belongs to the library.</summary>
    public static nint Allocator => DefaultAllocator.Value;

    /// <summary>Gives memory of the default allocator back.</summary>
    public static void Free(nint memory) =>
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint, nint>)OrtLibrary.Table[Slot.AllocatorFree])(Allocator, memory));

    /// <summary>Copies a string of the library and frees it.</summary>
    public static string Take(nint text)
    {
        string result = Marshal.PtrToStringUTF8(text);
        Free(text);
        return result;
    }

    /// <summary>Bytes to pass; null becomes the empty string, as in the official package.</summary>
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes((text ?? "") + '\0');

    /// <summary>A copy of the text outside the managed heap, to be freed with <see cref="NativeMemory.Free"/>.</summary>
    public static nint Unmanaged(string text)
    {
        byte[] bytes = Utf8(text);
        void* memory = NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(memory, bytes.Length));
        return (nint)memory;
    }
}
