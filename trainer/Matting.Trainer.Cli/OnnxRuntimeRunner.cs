using System.Runtime.InteropServices;
using Matting.Runtime;
using Matting.Trainer.Export;

namespace Matting.Trainer.Cli;

/// <summary>Runs exported models with ONNX Runtime through the runtime library, as their users will.</summary>
internal sealed class OnnxRuntimeRunner : IOnnxRunner
{
    public IOnnxSession Open(ReadOnlyMemory<byte> model)
    {
        byte[] content = MemoryMarshal.TryGetArray(model, out ArraySegment<byte> segment) && segment.Array!.Length == model.Length
            ? segment.Array
            : model.ToArray();
        return new Session(MattingModel.Load(content, "the exported model"));
    }

    private sealed class Session(MattingModel model) : IOnnxSession
    {
        public string Engine => $"ONNX Runtime {model.RuntimeVersion} ({model.Provider})";

        public void Run(ReadOnlySpan<float> imagesNchw, int batch, int height, int width, Span<float> alphas01, CancellationToken cancellation) =>
            model.Run(imagesNchw, batch, height, width, alphas01, cancellation);

        public void Dispose() => model.Dispose();
    }
}
