using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Settings of a session; may be disposed once the session exists.</summary>
public unsafe class SessionOptions : SafeHandle
{
    private bool _enableMemoryPattern = true;
    private bool _enableCpuMemArena = true;
    private OrtLoggingLevel _logSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
    private int _intraOpNumThreads;
    private int _interOpNumThreads;
    private GraphOptimizationLevel _graphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL;
    private ExecutionMode _executionMode = ExecutionMode.ORT_SEQUENTIAL;

    /// <summary>Creates the default options and, if needed, the environment.</summary>
    public SessionOptions()
        : base(0, true)
    {
        SetHandle(OrtApi.Create(Slot.CreateSessionOptions));
        OrtEnv.Instance();
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Whether the first run's pattern of allocations is laid out as one block for the later ones.</summary>
    public bool EnableMemoryPattern
    {
        get => _enableMemoryPattern;
        set
        {
            if (value == _enableMemoryPattern)
                return;
            OrtApi.Call(value ? Slot.EnableMemPattern : Slot.DisableMemPattern, handle);
            _enableMemoryPattern = value;
        }
    }

    /// <summary>Whether the CPU provider keeps freed memory in an arena.</summary>
    public bool EnableCpuMemArena
    {
        get => _enableCpuMemArena;
        set
        {
            if (value == _enableCpuMemArena)
                return;
            OrtApi.Call(value ? Slot.EnableCpuMemArena : Slot.DisableCpuMemArena, handle);
            _enableCpuMemArena = value;
        }
    }

    /// <summary>From which severity on the session's messages are written to stderr.</summary>
    public OrtLoggingLevel LogSeverityLevel
    {
        get => _logSeverityLevel;
        set
        {
            OrtApi.Set(Slot.SetSessionLogSeverityLevel, handle, (int)value);
            _logSeverityLevel = value;
        }
    }

    /// <summary>Threads within a node; 0 lets the library decide.</summary>
    public int IntraOpNumThreads
    {
        get => _intraOpNumThreads;
        set
        {
            OrtApi.Set(Slot.SetIntraOpNumThreads, handle, value);
            _intraOpNumThreads = value;
        }
    }

    /// <summary>Threads across nodes, in parallel execution mode; 0 lets the library decide.</summary>
    public int InterOpNumThreads
    {
        get => _interOpNumThreads;
        set
        {
            OrtApi.Set(Slot.SetInterOpNumThreads, handle, value);
            _interOpNumThreads = value;
        }
    }

    /// <summary>How far the graph is rewritten.</summary>
    public GraphOptimizationLevel GraphOptimizationLevel
    {
        get => _graphOptimizationLevel;
        set
        {
            OrtApi.Set(Slot.SetSessionGraphOptimizationLevel, handle, (int)value);
            _graphOptimizationLevel = value;
        }
    }

    /// <summary>Whether independent nodes run one after the other or at the same time.</summary>
    public ExecutionMode ExecutionMode
    {
        get => _executionMode;
        set
        {
            OrtApi.Set(Slot.SetSessionExecutionMode, handle, (int)value);
            _executionMode = value;
        }
    }

    internal nint Handle => handle;

    /// <summary>Sets one entry of the session's configuration by its name.</summary>
    public void AddSessionConfigEntry(string configKey, string configValue)
    {
        fixed (byte* key = OrtString.Utf8(configKey), value = OrtString.Utf8(configValue))
            NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint>)OrtLibrary.Table[Slot.AddSessionConfigEntry])(handle, key, value));
    }

    /// <summary>Prefers CUDA.</summary>
    /// <exception cref="OnnxRuntimeException">The provider's library or one it needs cannot be loaded.</exception>
    /// <exception cref="EntryPointNotFoundException">The native library was built without CUDA.</exception>
    public void AppendExecutionProvider_CUDA(int deviceId = 0) =>
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, int, nint>)OrtLibrary.Export("OrtSessionOptionsAppendExecutionProvider_CUDA"))(handle, deviceId));

    /// <summary>Prefers CUDA, with settings.</summary>
    /// <exception cref="OnnxRuntimeException">The provider's library or one it needs cannot be loaded.</exception>
    public void AppendExecutionProvider_CUDA(OrtCUDAProviderOptions cudaProviderOptions)
    {
        OrtApi.Call(Slot.SessionOptionsAppendExecutionProviderCUDAV2, handle, cudaProviderOptions.Handle);
        GC.KeepAlive(cudaProviderOptions);
    }

    /// <summary>Prefers TensorRT, with settings.</summary>
    /// <exception cref="OnnxRuntimeException">The provider's library or one it needs cannot be loaded.</exception>
    public void AppendExecutionProvider_Tensorrt(OrtTensorRTProviderOptions trtProviderOptions)
    {
        OrtApi.Call(Slot.SessionOptionsAppendExecutionProviderTensorRTV2, handle, trtProviderOptions.Handle);
        GC.KeepAlive(trtProviderOptions);
    }

    /// <summary>Prefers a provider by its name, for instance WebGPU or XNNPACK.</summary>
    /// <exception cref="OnnxRuntimeException">The library does not know the provider, or was built without it, or refuses an option.</exception>
    public void AppendExecutionProvider(string providerName, Dictionary<string, string> providerOptions = null) =>
        KeyValues.Append(Slot.SessionOptionsAppendExecutionProvider, handle, providerName, providerOptions ?? []);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(Slot.ReleaseSessionOptions, handle);
        handle = 0;
        return true;
    }
}
