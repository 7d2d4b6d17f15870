using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Settings of the TensorRT provider.</summary>
public class OrtTensorRTProviderOptions : SafeHandle
{
    /// <summary>Creates the default settings.</summary>
    /// <exception cref="OnnxRuntimeException">The provider's library or one it needs cannot be loaded.</exception>
    public OrtTensorRTProviderOptions()
        : base(0, true) => SetHandle(OrtApi.Create(Slot.CreateTensorRTProviderOptions));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal nint Handle => handle;

    /// <summary>Changes settings by their names, for instance <c>device_id</c> or <c>trt_max_workspace_size</c>.</summary>
    public void UpdateOptions(Dictionary<string, string> providerOptions) => KeyValues.Update(Slot.UpdateTensorRTProviderOptions, handle, providerOptions);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(Slot.ReleaseTensorRTProviderOptions, handle);
        handle = 0;
        return true;
    }
}
