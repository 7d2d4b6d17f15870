using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>
/// The memory that all sessions with a limit share on the CPU. ONNX Runtime limits no session's own arena there, only one that is registered for
/// the process, once and for all; weights and intermediate results lie in it.
/// </summary>
internal static class CpuArena
{
    private const string UseShared = "session.use_env_allocators";
    private const int GrowAsRequested = 1;
    private const int Default = -1;

    private static readonly Lock Registering = new();
    private static long? _limit;

    /// <summary>Makes a session take its memory from the arena, which the first call makes.</summary>
    /// <exception cref="DeviceUnavailableException">The limit is more than ONNX Runtime's .NET interface can say, or the process has another one already.</exception>
    public static void Use(SessionOptions options, long limit)
    {
        if (limit > uint.MaxValue)
            throw new DeviceUnavailableException(CpuProvider.Device, $"a memory limit of {limit} bytes: on the CPU it must be below 4 GiB, which is all that ONNX Runtime's .NET interface can express");
        lock (Registering)
        {
            if (_limit is null)
                Register((uint)limit);
            else if (_limit != limit)
                throw new DeviceUnavailableException(CpuProvider.Device, $"a memory limit of {limit} bytes: on the CPU it holds for the whole process, and this one has a limit of {_limit} bytes already");
            _limit = limit;
        }
        options.AddSessionConfigEntry(UseShared, "1");
    }

    private static void Register(uint limit)
    {
        using OrtMemoryInfo memory = new("Cpu", OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using OrtArenaCfg arena = new(limit, GrowAsRequested, Default, Default);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
    }
}
