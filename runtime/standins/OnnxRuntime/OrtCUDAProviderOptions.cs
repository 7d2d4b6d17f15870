using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Settings of the CUDA provider.</summary>
public class OrtCUDAProviderOptions : SafeHandle
{
    /// <summary>Creates the default settings.</summary>
    /// <exception cref="OnnxRuntimeException">The provider's library or one it needs cannot be loaded.</exception>
    public OrtCUDAProviderOptions()
        : base(0, true) => SetHandle(OrtApi.Create(Slot.CreateCUDAProviderOptions));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal nint Handle => handle;

    /// <summary>Changes settings by their names, for instance <c>device_id</c> or <c>gpu_mem_limit</c>.</summary>
    public void UpdateOptions(Dictionary<string, string> providerOptions) => KeyValues.Update(Slot.UpdateCUDAProviderOptions, handle, providerOptions);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(Slot.ReleaseCUDAProviderOptions, handle);
        handle = 0;
        return true;
    }
}
