using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Settings of one or several runs; also the handle by which another thread stops them.</summary>
public class RunOptions : SafeHandle
{
    private bool _terminate;

    /// <summary>Creates the default options.</summary>
    public RunOptions()
        : base(0, true) => SetHandle(OrtApi.Create(Slot.CreateRunOptions));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>True stops the runs that use these options (they throw) and every later one, until it is false again.</summary>
    public bool Terminate
    {
        get => _terminate;
        set
        {
            if (value == _terminate)
                return;
            OrtApi.Call(value ? Slot.RunOptionsSetTerminate : Slot.RunOptionsUnsetTerminate, handle);
            _terminate = value;
        }
    }

    internal nint Handle => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(Slot.ReleaseRunOptions, handle);
        handle = 0;
        return true;
    }
}
