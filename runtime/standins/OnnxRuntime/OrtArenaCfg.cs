using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>How an arena grows and how far.</summary>
public unsafe class OrtArenaCfg : SafeHandle
{
    /// <summary>Creates the description of an arena.</summary>
    /// <param name="maxMemory">Bytes that the arena takes at most; 0 lets the library decide.</param>
    /// <param name="arenaExtendStrategy">0 grows by powers of two, 1 by what is asked for; -1 lets the library decide.</param>
    /// <param name="initialChunkSizeBytes">The first piece; -1 lets the library decide.</param>
    /// <param name="maxDeadBytesPerChunk">How much of a piece may lie idle; -1 lets the library decide.</param>
    public OrtArenaCfg(uint maxMemory, int arenaExtendStrategy, int initialChunkSizeBytes, int maxDeadBytesPerChunk)
        : base(0, true)
    {
        nint arena;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nuint, int, int, int, nint*, nint>)OrtLibrary.Table[Slot.CreateArenaCfg])(
            maxMemory, arenaExtendStrategy, initialChunkSizeBytes, maxDeadBytesPerChunk, &arena));
        SetHandle(arena);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal nint Handle => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(Slot.ReleaseArenaCfg, handle);
        handle = 0;
        return true;
    }
}
