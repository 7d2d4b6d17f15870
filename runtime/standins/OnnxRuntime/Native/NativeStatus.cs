using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Turns a failed call's OrtStatus into the exception of the official package.</summary>
internal static unsafe class NativeStatus
{
    /// <summary>Releases the status of a failed call and throws; a null status is success.</summary>
    public static void Check(nint status)
    {
        if (status != 0)
            Throw(status);
    }

    private static void Throw(nint status)
    {
        ErrorCode code = (ErrorCode)((delegate* unmanaged[Cdecl]<nint, int>)OrtLibrary.Table[Slot.GetErrorCode])(status);
        string message = Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint, nint>)OrtLibrary.Table[Slot.GetErrorMessage])(status));
        OrtApi.Release(Slot.ReleaseStatus, status);
        throw new OnnxRuntimeException(code, message);
    }
}
