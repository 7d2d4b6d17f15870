using Microsoft.ML.OnnxRuntime;

namespace Matting.Runtime.Sessions;

/// <summary>
/// The buffers of a few inputs, for one run or several that follow each other. They grow to the most that was asked for and
/// are then used again and again; ONNX Runtime reads and writes them where they lie. One thread at a time.
/// </summary>
/// <param name="outputHasChannels">True for outputs [N, 1, H, W], false for [N, H, W].</param>
internal sealed class RunSlot(bool outputHasChannels) : IDisposable
{
    private readonly RunOptions _options = new();
    private readonly List<(OrtValue Input, OrtValue Output)> _runs = [];
    private float[] _input = [];
    private float[] _output = [];
    private (int Batch, NetworkSize Size, int Together) _shape;

    /// <summary>The network's input [N, 3, H, W], to be filled.</summary>
    public Span<float> Input => _input.AsSpan(0, checked((int)(_shape.Batch * 3 * _shape.Size.Pixels)));

    /// <summary>The network's output [N, 1, H, W].</summary>
    public Span<float> Output => _output.AsSpan(0, checked((int)(_shape.Batch * _shape.Size.Pixels)));

    /// <summary>Makes room for inputs of one size.</summary>
    /// <param name="batch">Their number; all values together fit an array.</param>
    /// <param name="size">Their size.</param>
    /// <param name="together">Most of them that the network gets at once, at least 1.</param>
    public void Resize(int batch, NetworkSize size, int together)
    {
        if (_shape == (batch, size, together))
            return;
        Release();
        _input = AtLeast(_input, batch * 3 * (int)size.Pixels);
        _output = AtLeast(_output, batch * (int)size.Pixels);
        for (int first = 0; first < batch; first += together)
        {
            int inputs = Math.Min(together, batch - first);
            _runs.Add((Tensor(_input, first, [inputs, 3, size.Height, size.Width]), Tensor(_output, first, OutputShape(inputs, size))));
        }
        _shape = (batch, size, together);
    }

    /// <summary>Runs the network over what <see cref="Input"/> holds.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; a run in progress stops at its next node.</exception>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    public void Run(InferenceSession session, ModelSignature signature, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using CancellationTokenRegistration stop = cancellation.UnsafeRegister(options => ((RunOptions)options!).Terminate = true, _options);
            foreach ((OrtValue input, OrtValue output) in _runs)
                session.Run(_options, [signature.Input], [input], [signature.Output], [output]);
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        finally
        {
            _options.Terminate = false;
        }
    }

    public void Dispose()
    {
        Release();
        _options.Dispose();
    }

    private static float[] AtLeast(float[] buffer, int length) =>
        buffer.Length >= length ? buffer : GC.AllocateUninitializedArray<float>(length, pinned: true);

    private long[] OutputShape(int inputs, NetworkSize size) =>
        outputHasChannels ? [inputs, 1, size.Height, size.Width] : [inputs, size.Height, size.Width];

    private static OrtValue Tensor(float[] buffer, int first, long[] shape)
    {
        int values = (int)shape.Aggregate((product, dimension) => product * dimension);
        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(first * (int)(values / shape[0]), values), shape);
    }

    private void Release()
    {
        foreach ((OrtValue input, OrtValue output) in _runs)
        {
            input.Dispose();
            output.Dispose();
        }
        _runs.Clear();
        _shape = default;
    }
}
