using Matting.Runtime.Sessions.Providers;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions;

/// <summary>Opens sessions of ONNX Runtime on exactly the device that was asked for.</summary>
internal static class SessionFactory
{
    private const string FailedCheck = " was false. ";
    private const string ArenaIsFull = "Available memory of ";

    // of an arena at its limit, of the CPU's allocator, and of CUDA
    private static readonly string[] OutOfMemory = ["is smaller than requested bytes", "Failed to allocate memory", "std::bad_alloc", "out of memory"];

    /// <summary>Opens a session over a model's bytes.</summary>
    /// <returns>The session, to be disposed by the caller, and the execution provider it uses.</returns>
    /// <exception cref="DeviceUnavailableException">The device is not there, or takes no such memory limit.</exception>
    /// <exception cref="MattingModelException">The bytes are no model that can run, or not within the limit.</exception>
    public static (InferenceSession Session, string Provider) Open(byte[] content, string name, ComputeDevice device, int threads, long? memoryLimit)
    {
        // ONNX Runtime counts weights but does not stop at them; nearly all of a file is weights
        if (memoryLimit < content.Length)
            throw new MattingModelException(name, MattingModelError.OutOfMemory, $"is too large for the memory it may take: {content.Length} bytes of weights, and the limit is {memoryLimit}");
        using SessionOptions options = SessionSettings.For(threads);
        ExecutionProvider provider = ProviderLoading.Append(options, device, memoryLimit);
        InferenceSession session = Create(content, options, name, device, threads);
        try
        {
            ProviderLoading.RequireOnDevice(session, provider, device);
            return (session, provider.Name);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The library's message without its line breaks, code prefix, and the place in its sources where a check failed.</summary>
    public static string OneLine(OnnxRuntimeException failure)
    {
        string text = string.Join(' ', failure.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        int prefix = text.StartsWith("[ErrorCode:", StringComparison.Ordinal) ? text.IndexOf(']', StringComparison.Ordinal) + 1 : 0;
        int place = text.Contains(".cc:", StringComparison.Ordinal) ? text.IndexOf(FailedCheck, StringComparison.Ordinal) : -1;
        int arena = text.IndexOf(ArenaIsFull, StringComparison.Ordinal);
        return text[(arena >= 0 ? arena : place >= 0 ? place + FailedCheck.Length : prefix)..].Trim();
    }

    /// <summary>True when a failure says that memory has run out, or a limit of it.</summary>
    public static bool IsOutOfMemory(OnnxRuntimeException failure) =>
        OutOfMemory.Any(part => failure.Message.Contains(part, StringComparison.Ordinal));

    private static InferenceSession Create(byte[] content, SessionOptions options, string name, ComputeDevice device, int threads)
    {
        try
        {
            return new InferenceSession(content, options);
        }
        catch (OnnxRuntimeException failure)
        {
            if (IsOutOfMemory(failure))
                throw new MattingModelException(name, MattingModelError.OutOfMemory, $"is too large for the memory it may take: {OneLine(failure)}", failure);
            if (!device.IsCpu && RunsOnCpu(content, threads))
                throw new DeviceUnavailableException(device.ToString(), $"{OneLine(failure)} (the model itself is sound: the CPU takes it)", failure);
            throw new MattingModelException(name, MattingModelError.Invalid, $"is not an ONNX model that can run: {OneLine(failure)}", failure);
        }
    }

    // a failure on a device is the device's when the CPU opens the same model
    private static bool RunsOnCpu(byte[] content, int threads)
    {
        try
        {
            using SessionOptions options = SessionSettings.For(threads);
            using InferenceSession session = new(content, options);
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }
}
