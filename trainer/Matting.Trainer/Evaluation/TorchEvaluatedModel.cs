using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Trainer.Configuration;
using Matting.Trainer.Export;
using Matting.Trainer.Recipes;
using Matting.Trainer.Torch;
using Matting.Trainer.Training;
using TorchSharp;

namespace Matting.Trainer.Evaluation;

/// <summary>A checkpoint, run in Torch as a validation runs it.</summary>
public sealed class TorchEvaluatedModel : IEvaluatedModel
{
    private readonly ParameterStore _parameters;
    private readonly TorchNetwork _network;

    /// <summary>Sets the tensor library up for this process and loads the weights.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="machine">Where and in which precision it runs; null: as the run's recipe says, or as the defaults do.</param>
    /// <exception cref="SettingsException">The settings of the machine contradict each other.</exception>
    /// <exception cref="TrainingException">The device is not there, or cannot compute in the precision.</exception>
    /// <exception cref="WeightsFormatException">The checkpoint is damaged.</exception>
    /// <exception cref="StateMismatchException">The checkpoint belongs to another network.</exception>
    public TorchEvaluatedModel(ExportSource source, MachineRecipe? machine = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        machine ??= source.Settings?.Machine ?? new MachineRecipe();
        SettingChecks.ThrowIfWrong(machine);
        RunMachine prepared = RunMachine.Prepare(machine);
        INetwork network = NetworkCatalogue.Create(source.Network);
        StateDict weights = StrictLoading.Conform(network, WeightsFile.Load(source.Checkpoint), source.Checkpoint);
        (Name, Profile) = (source.Checkpoint, NormalisationProfile.Get(source.Profile));
        _parameters = new ParameterStore(network, weights, prepared.Device);
        Engine = $"{TorchDevice.Engine} on {machine.Device}, {prepared.Compute}";
        _network = new TorchNetwork(network, _parameters, prepared.Compute);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Network => _network.Network.Name;

    /// <inheritdoc/>
    public string Engine { get; }

    /// <inheritdoc/>
    public NormalisationProfile Profile { get; }

    /// <inheritdoc/>
    /// <remarks>A run of Torch cannot be stopped: the token is looked at before it.</remarks>
    public void Run(ReadOnlySpan<float> imagesNchw, int batch, int height, int width, Span<float> alphas01, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor images = TensorMemory.FromFloats(imagesNchw, [batch, 3, height, width], _parameters.Device);
        TensorMemory.CopyTo(_network.Forward(images, ForwardMode.Evaluation)[_network.Network.PredictionOutput], alphas01);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _parameters.Dispose();
}
