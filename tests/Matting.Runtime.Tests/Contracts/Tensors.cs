using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Tests.Contracts;

/// <summary>Short forms of what the contract tests do again and again.</summary>
internal static class Tensors
{
    /// <summary>Runs a model of one input and one output and returns the output's values.</summary>
    public static T[] RunOne<T>(InferenceSession session, T[] values, params long[] shape) where T : unmanaged
    {
        using RunOptions run = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, session.InputNames, [input], session.OutputNames);
        return outputs[0].GetTensorDataAsSpan<T>().ToArray();
    }
}
