using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Says where memory lies.</summary>
public unsafe class OrtMemoryInfo : SafeHandle
{
    private static readonly Lazy<OrtMemoryInfo> Cpu = new(() => new OrtMemoryInfo());

    private readonly bool _owned;

    /// <summary>A description that belongs to the library.</summary>
    internal OrtMemoryInfo(nint info)
        : base(info, true)
    {
    }

    /// <summary>Describes memory by its allocator's name, for instance Cpu.</summary>
    public OrtMemoryInfo(string allocatorName, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType)
        : base(0, true)
    {
        _owned = true;
        nint info;
        fixed (byte* name = OrtString.Utf8(allocatorName))
        {
            NativeStatus.Check(((delegate* unmanaged[Cdecl]<byte*, int, int, int, nint*, nint>)OrtLibrary.Table[Slot.CreateMemoryInfo])(
                name, (int)allocatorType, deviceId, (int)memoryType, &info));
        }
        SetHandle(info);
    }

    private OrtMemoryInfo()
        : base(0, true)
    {
        _owned = true;
        nint info;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<int, int, nint*, nint>)OrtLibrary.Table[Slot.CreateCpuMemoryInfo])((int)OrtAllocatorType.DeviceAllocator, (int)OrtMemType.Cpu, &info));
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
