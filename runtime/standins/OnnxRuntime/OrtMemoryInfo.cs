using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Says where memory lies.</summary>
public unsafe class OrtMemoryInfo : SafeHandle
{
    // OrtDeviceAllocator and OrtMemTypeCPU (the same value as OrtMemTypeCPUOutput) of the C API
    private const int DeviceAllocator = 0;
    private const int CpuMemory = -1;
    private static readonly Lazy<OrtMemoryInfo> Cpu = new(() => new OrtMemoryInfo());

    private OrtMemoryInfo()
        : base(0, true)
    {
        nint info;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<int, int, nint*, nint>)OrtLibrary.Table[Slot.CreateCpuMemoryInfo])(DeviceAllocator, CpuMemory, &info));
        SetHandle(info);
    }

    /// <summary>Memory of the process.</summary>
    public static OrtMemoryInfo DefaultInstance => Cpu.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal nint Handle => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(Slot.ReleaseMemoryInfo, handle);
        handle = 0;
        return true;
    }
}
