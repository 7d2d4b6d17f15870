using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The environment of ONNX Runtime, one for the process: logging and shared thread pools.</summary>
public sealed unsafe class OrtEnv : SafeHandle
{
    private const string LogId = "CSharpOnnxRuntime";
    private static Lazy<OrtEnv> _instance = new(() => new OrtEnv());

    private OrtLoggingLevel _logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;

    private OrtEnv()
        : base(0, true)
    {
        nint env;
        fixed (byte* name = OrtString.Utf8(LogId))
            NativeStatus.Check(((delegate* unmanaged[Cdecl]<int, byte*, nint*, nint>)OrtLibrary.Table[Slot.CreateEnv])((int)_logLevel, name, &env));
        SetHandle(env);
    }

    /// <summary>True once something has asked for the environment.</summary>
    public static bool IsCreated => _instance.IsValueCreated;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>From which severity on the environment's messages are written to stderr.</summary>
    public OrtLoggingLevel EnvLogLevel
    {
        get => _logLevel;
        set
        {
            OrtApi.Set(Slot.UpdateEnvWithCustomLogLevel, handle, (int)value);
            _logLevel = value;
        }
    }

    internal nint Handle => handle;

    /// <summary>The environment; the first call makes it and loads the native library.</summary>
    public static OrtEnv Instance() => _instance.Value;

    /// <summary>Makes an arena that all sessions share which are opened with <c>session.use_env_allocators</c>; it lasts as long as the process.</summary>
    /// <exception cref="OnnxRuntimeException">There is one for this memory already.</exception>
    public void CreateAndRegisterAllocator(OrtMemoryInfo memInfo, OrtArenaCfg arenaCfg)
    {
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint, nint, nint, nint>)OrtLibrary.Table[Slot.CreateAndRegisterAllocator])(handle, memInfo.Handle, arenaCfg.Handle));
        GC.KeepAlive(memInfo);
        GC.KeepAlive(arenaCfg);
    }

    /// <summary>Release of the native library, for instance 1.30.0.</summary>
    public string GetVersionString() => OrtLibrary.Version;

    /// <summary>Names of the execution providers that the library was built for; their own libraries may still be missing.</summary>
    public string[] GetAvailableProviders()
    {
        nint* names;
        int count;
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint**, int*, nint>)OrtLibrary.Table[Slot.GetAvailableProviders])(&names, &count));
        string[] result = new string[count];
        for (int i = 0; i < count; i++)
            result[i] = Marshal.PtrToStringUTF8(names[i]);
        NativeStatus.Check(((delegate* unmanaged[Cdecl]<nint*, int, nint>)OrtLibrary.Table[Slot.ReleaseAvailableProviders])(names, count));
        return result;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(Slot.ReleaseEnv, handle);
        handle = 0;
        _instance = new Lazy<OrtEnv>(() => new OrtEnv());
        return true;
    }
}
