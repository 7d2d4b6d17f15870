using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions;

/// <summary>Opens sessions of ONNX Runtime on exactly the device that was asked for.</summary>
internal static class SessionFactory
{
    public const string CpuProvider = "CPUExecutionProvider";
    public const string CudaProvider = "CUDAExecutionProvider";
    private const string CpuMemory = "Cpu";

    /// <summary>Opens a session over a model's bytes.</summary>
    /// <returns>The session, to be disposed by the caller, and the execution provider it uses.</returns>
    /// <exception cref="DeviceUnavailableException">The device is not there.</exception>
    /// <exception cref="MattingModelException">The bytes are no model that can run.</exception>
    public static (InferenceSession Session, string Provider) Open(byte[] content, string name, ComputeDevice device, int threads)
    {
        using SessionOptions options = SessionSettings.For(threads);
        string provider = CpuProvider;
        if (device.CudaIndex is { } index)
        {
            AppendCuda(options, device, index);
            provider = CudaProvider;
        }
        try
        {
            InferenceSession session = new(content, options);
            if (device.CudaIndex is not null)
                RequireOnDevice(session, device);
            return (session, provider);
        }
        catch (OnnxRuntimeException failure) when (device.CudaIndex is not null && failure.Message.Contains("CUDA", StringComparison.Ordinal))
        {
            throw new DeviceUnavailableException(device.ToString(), $"CUDA refuses to start: {OneLine(failure)}", failure);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new MattingModelException(name, MattingModelError.Invalid, $"is not an ONNX model that can run: {OneLine(failure)}", failure);
        }
    }

    /// <summary>The library's message without its line breaks and code prefix.</summary>
    public static string OneLine(OnnxRuntimeException failure)
    {
        string text = string.Join(' ', failure.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        int prefix = text.StartsWith("[ErrorCode:", StringComparison.Ordinal) ? text.IndexOf(']', StringComparison.Ordinal) + 1 : 0;
        return text[prefix..].Trim();
    }

    // a provider that loads may still be given no node of the graph; then the picture would go to the CPU
    private static void RequireOnDevice(InferenceSession session, ComputeDevice device)
    {
        using IDisposableReadOnlyCollection<OrtMemoryInfo> places = session.GetMemoryInfosForInputs();
        if (places.All(place => place.Name != CpuMemory))
            return;
        session.Dispose();
        throw new DeviceUnavailableException(device.ToString(), "CUDA takes no part of this model; it would run on the CPU");
    }

    private static void AppendCuda(SessionOptions options, ComputeDevice device, int index)
    {
        OrtEnv env = OrtEnv.Instance();
        string[] providers = env.GetAvailableProviders();
        if (!providers.Contains(CudaProvider))
            throw new DeviceUnavailableException(device.ToString(), $"this libonnxruntime ({env.GetVersionString()}) was built without CUDA; it has {string.Join(", ", providers)}");
        OrtLoggingLevel level = env.EnvLogLevel;
        env.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        try
        {
            options.AppendExecutionProvider_CUDA(index);
        }
        catch (Exception failure) when (failure is OnnxRuntimeException or EntryPointNotFoundException)
        {
            string detail = CudaLibraries.WhatIsMissing() ?? (failure is OnnxRuntimeException reported ? OneLine(reported) : failure.Message);
            throw new DeviceUnavailableException(device.ToString(), detail, failure);
        }
        finally
        {
            env.EnvLogLevel = level;
        }
    }
}
