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

    private readonly bool _owned;

    /// <summary>A description that belongs to the library.</summary>
    internal OrtMemoryInfo(nint info)
        : base(info, true)
    {
    }

    private OrtMemoryInfo()
        : base(0, true)
    {
        _owned = true;
        nint info;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<int, int, nint*, nint>)OrtLibrary.Table[Slot.CreateCpuMemoryInfo])(DeviceAllocator, CpuMemory, &info));
        SetHandle(info);
    }

    /// <summary>Memory of the process.</summary>
    public static OrtMemoryInfo DefaultInstance => Cpu.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The allocator's name: Cpu, Cuda, ...</summary>
    public string Name { get { return Marshal.PtrToStringUTF8(OrtApi.Get(Slot.MemoryInfoGetName, handle)); } }

    internal nint Handle => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (_owned)
            OrtApi.Release(Slot.ReleaseMemoryInfo, handle);
        handle = 0;
        return true;
    }
}
