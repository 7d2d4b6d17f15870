using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions.Providers;

/// <summary>Makes sessions use exactly the provider that was asked for, or says why they cannot.</summary>
internal static class ProviderLoading
{
    private const string CpuMemory = "Cpu";
    private const string NoCpuNodes = "session.disable_cpu_ep_fallback";

    /// <summary>Appends the provider of a device to a session's options.</summary>
    /// <exception cref="DeviceUnavailableException">The loaded ONNX Runtime was built without it, a library is missing, or it takes no such memory limit.</exception>
    public static ExecutionProvider Append(SessionOptions options, ComputeDevice device, long? memoryLimit)
    {
        ExecutionProvider provider = ExecutionProviders.Find(device.Kind)!;
        if (memoryLimit is not null && !provider.LimitsMemory)
            throw new DeviceUnavailableException(device.ToString(), $"{provider.Name} takes no memory limit; {string.Join(", ", ExecutionProviders.Known.Where(known => known.LimitsMemory).Select(known => known.Kind))} do");
        if (device.IsCpu)
        {
            provider.Append(options, device, memoryLimit);
            return provider;
        }
        OrtEnv env = OrtEnv.Instance();
        string[] offered = env.GetAvailableProviders();
        if (!offered.Contains(provider.Name))
            throw new DeviceUnavailableException(device.ToString(), $"this libonnxruntime ({env.GetVersionString()}) was built without {provider.Name}; it has {string.Join(", ", offered)}");
        OrtLoggingLevel level = env.EnvLogLevel;
        env.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        try
        {
            provider.Append(options, device, memoryLimit);
            if (provider.Proof == Proof.WholeGraph)
                options.AddSessionConfigEntry(NoCpuNodes, "1");
            return provider;
        }
        catch (Exception failure) when (failure is OnnxRuntimeException or EntryPointNotFoundException)
        {
            string detail = ProviderLibraries.WhatIsMissing(provider) ?? (failure is OnnxRuntimeException reported ? SessionFactory.OneLine(reported) : failure.Message);
            throw new DeviceUnavailableException(device.ToString(), detail, failure);
        }
        finally
        {
            env.EnvLogLevel = level;
        }
    }

    /// <summary>A provider that loads may still be given no node of the graph; then the picture would go to the CPU.</summary>
    /// <exception cref="DeviceUnavailableException">That is so; the session is still the caller's.</exception>
    public static void RequireOnDevice(InferenceSession session, ExecutionProvider provider, ComputeDevice device)
    {
        if (provider.Proof != Proof.InputMemory)
            return;
        using IDisposableReadOnlyCollection<OrtMemoryInfo> places = session.GetMemoryInfosForInputs();
        if (places.Any(place => place.Name == CpuMemory))
            throw new DeviceUnavailableException(device.ToString(), $"{provider.Name} takes no part of this model; it would run on the CPU");
    }
}
