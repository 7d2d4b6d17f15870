using Matting.Shared.Networks;
using Matting.Shared.Onnx;
using Matting.Shared.Weights;
using Matting.Trainer.Export;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Tests.Export;

/// <summary>Stands in for an ONNX engine: computes what it should, plus a chosen error in one value.</summary>
internal sealed class TorchRunner(string checkpoint, float error) : IOnnxRunner
{
    private readonly string _checkpoint = checkpoint;
    private readonly float _error = error;

    public List<(int Batch, int Height, int Width)> Runs { get; } = [];

    public ModelProto? Opened { get; private set; }

    public IOnnxSession Open(ReadOnlyMemory<byte> model)
    {
        Opened = OnnxFile.Parse(model, "the model under test");
        return new Session(this, NetworkCatalogue.Create("u2netp"));
    }

    private sealed class Session(TorchRunner runner, INetwork network) : IOnnxSession
    {
        private readonly ParameterStore _parameters = new(network, WeightsFile.Load(runner._checkpoint));

        public string Engine => "a test's engine";

        public void Run(ReadOnlySpan<float> imagesNchw, int batch, int height, int width, Span<float> alphas01, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            runner.Runs.Add((batch, height, width));
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor images = TensorMemory.FromFloats(imagesNchw, [batch, 3, height, width]);
            TensorMemory.CopyTo(new TorchNetwork(network, _parameters).Forward(images, ForwardMode.Evaluation).First, alphas01);
            alphas01[^1] += runner._error;
        }

        public void Dispose() => _parameters.Dispose();
    }
}
