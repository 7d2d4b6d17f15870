using Matting.Runtime.Sessions.Providers;
using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions;

/// <summary>Opens sessions of ONNX Runtime on exactly the device that was asked for.</summary>
internal static class SessionFactory
{
    private const string FailedCheck = " was false. ";

    /// <summary>Opens a session over a model's bytes.</summary>
    /// <returns>The session, to be disposed by the caller, and the execution provider it uses.</returns>
    /// <exception cref="DeviceUnavailableException">The device is not there.</exception>
    /// <exception cref="MattingModelException">The bytes are no model that can run.</exception>
    public static (InferenceSession Session, string Provider) Open(byte[] content, string name, ComputeDevice device, int threads)
    {
        using SessionOptions options = SessionSettings.For(threads);
        ExecutionProvider provider = ProviderLoading.Append(options, device);
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
        return text[(place >= 0 ? place + FailedCheck.Length : prefix)..].Trim();
    }

    private static InferenceSession Create(byte[] content, SessionOptions options, string name, ComputeDevice device, int threads)
    {
        try
        {
            return new InferenceSession(content, options);
        }
        catch (OnnxRuntimeException failure)
        {
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
