using BenchmarkDotNet.Attributes;
using Matting.Shared.Networks;
using Matting.Trainer.Losses;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Torch;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Benchmarks;

/// <summary>What does one training step of U2NETP cost (forward, <c>alpha-composite</c>, backward, AdamW), by precision and memory format?</summary>
public class TrainingStepBenchmarks : IDisposable
{
    private ParameterStore _parameters = null!;
    private Adam _optimiser = null!;
    private TrainingStep _step = null!;
    private torch.Tensor _images = null!;
    private torch.Tensor _alphas = null!;
    private long _number;

    /// <summary>Height and width of the crop in pixels.</summary>
    [Params(256, 512)]
    public int Crop { get; set; }

    /// <summary>What convolutions and feature maps are computed in.</summary>
    [ParamsSource(nameof(Settings))]
    public ComputeOptions Compute { get; set; } = null!;

    public static IEnumerable<ComputeOptions> Settings =>
    [
        new ComputeOptions { ChannelsLast = false },
        new ComputeOptions(),
        .. CpuFeatures.HasBFloat16 ? [new ComputeOptions { Precision = Precision.Bf16 }] : Array.Empty<ComputeOptions>(),
    ];

    /// <summary>Samples in the batch.</summary>
    [Params(4)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        NativeMemory.Apply(NativeMemory.Keep);
        torch.set_num_threads(Environment.ProcessorCount);
        torch.manual_seed(1);
        using DisposeScope scope = torch.NewDisposeScope();
        INetwork network = NetworkCatalogue.Create(U2NetP.CatalogueName);
        _parameters = new ParameterStore(network, NetworkInitialiser.Create(network, seed: 1));
        _optimiser = new Adam(_parameters.Trainable, new AdamOptions { Lr = 5e-5, WeightDecay = 1e-4 });
        _step = new TrainingStep(new TorchNetwork(network, _parameters, Compute), new AlphaCompositeLoss(), _optimiser);
        _images = torch.randn([Batch, 3, Crop, Crop]).DetachFromDisposeScope();
        // soft shapes with empty and full places, as alphas are
        torch.Tensor coarse = torch.rand([Batch, 1, Crop / 16, Crop / 16]);
        torch.Tensor soft = torch.nn.functional.interpolate(coarse, [Crop, Crop], mode: torch.InterpolationMode.Bilinear, align_corners: false);
        _alphas = ((soft - 0.3) * 2).clamp(0, 1).DetachFromDisposeScope();
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
