using BenchmarkDotNet.Attributes;
using Matting.Shared.Networks;
using Matting.Trainer.Losses;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Torch;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Benchmarks;

/// <summary>What does one training step of U2NETP cost: forward, <c>mse-l1</c>, backward, AdamW?</summary>
public class TrainingStepBenchmarks : IDisposable
{
    private ParameterStore _parameters = null!;
    private Adam _optimiser = null!;
    private TrainingStep _step = null!;
    private torch.Tensor _images = null!;
    private torch.Tensor _alphas = null!;
    private long _number;

    /// <summary>Height and width of the crop in pixels.</summary>
    [Params(128, 256)]
    public int Crop { get; set; }

    /// <summary>Samples in the batch.</summary>
    [Params(4)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        NativeMemory.Apply(NativeMemory.Keep);
        torch.set_num_threads(Environment.ProcessorCount);
        torch.manual_seed(1);
        INetwork network = NetworkCatalogue.Create(U2NetP.CatalogueName);
        _parameters = new ParameterStore(network, NetworkInitialiser.Create(network, seed: 1));
        _optimiser = new Adam(_parameters.Trainable, new AdamOptions { Lr = 1e-4 });
        _step = new TrainingStep(new TorchNetwork(network, _parameters), new MseL1Loss(), _optimiser);
        _images = torch.randn([Batch, 3, Crop, Crop]);
        _alphas = torch.rand([Batch, 1, Crop, Crop]);
    }

    [Benchmark]
    public StepResult Step() => _step.Take(_images, _alphas, ++_number);

    [GlobalCleanup]
    public void Dispose()
    {
        _images.Dispose();
        _alphas.Dispose();
        _optimiser.Dispose();
        _parameters.Dispose();
        GC.SuppressFinalize(this);
    }
}
