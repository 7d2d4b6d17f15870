using Matting.Shared.Networks;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Optimisers;
using Matting.Trainer.Recipes;
using Matting.Trainer.Schedules;
using Matting.Trainer.Torch;

namespace Matting.Trainer.Training;

/// <summary>The network of a run, and everything that moves its weights.</summary>
internal sealed class RunModel : IDisposable
{
    private const string WeightsKey = "model_state";
    private const string OptimiserKey = "optimizer_state";
    private const string ScheduleKey = "schedule";
    private const string AverageKey = "ema";
    private const string ScalerKey = "loss_scaler";

    private RunModel(Recipe recipe, INetwork definition, StateDict weights, long steps, RunMachine machine)
    {
        Definition = definition;
        Parameters = new ParameterStore(definition, weights, machine.Device);
        Network = new TorchNetwork(definition, Parameters, machine.Compute);
        Optimiser = recipe.Optimiser.Create(Parameters.Trainable);
        Schedule = recipe.Schedule.Create(recipe.Optimiser.Lr, steps);
        StepStart = new StepStart(definition, Parameters);
        Scaler = machine.Compute.Precision == Precision.Fp16 ? new LossScaler() : null;
        Step = new TrainingStep(Network, recipe.Loss.Create(), Optimiser, recipe.Optimiser.ClipNorm, Scaler);
        if (recipe.Ema.Decay is double decay)
        {
            Average = new WeightAverage(definition, Parameters, decay);
            Averaged = new TorchNetwork(definition, Average.Parameters, machine.Compute);
        }
    }

    /// <summary>What is computed.</summary>
    public INetwork Definition { get; }

    /// <summary>The weights that are trained.</summary>
    public ParameterStore Parameters { get; }

    /// <summary>The network with these weights.</summary>
    public TorchNetwork Network { get; }

    /// <summary>Moves the weights.</summary>
    public IOptimiser Optimiser { get; }

    /// <summary>Decides the learning rate.</summary>
    public ISchedule Schedule { get; }

    /// <summary>Scales the loss; null unless gradients are float16.</summary>
    public LossScaler? Scaler { get; }

    /// <summary>Takes the steps.</summary>
    public TrainingStep Step { get; }

    /// <summary>What to go back to when a step is not finished.</summary>
    public StepStart StepStart { get; }

    /// <summary>The moving average of the weights; null when the recipe wants none.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The network with the averaged weights; null when there is no average.</summary>
    public TorchNetwork? Averaged { get; }

    /// <summary>Makes everything as it is before the first step, or as it was when it was saved.</summary>
    /// <param name="recipe">Which network, loss, optimiser and schedule.</param>
    /// <param name="steps">Training steps of the whole run.</param>
    /// <param name="machine">Where the tensors live, and how they are computed with.</param>
    /// <param name="saved">What <see cref="SaveInto"/> gave; null: the run begins.</param>
    /// <param name="file">Where <paramref name="saved"/> was read from, for messages.</param>
    /// <exception cref="StateMismatchException">The weights to start from belong to another network.</exception>
    /// <exception cref="WeightsFormatException">What was saved is not the state of such a run.</exception>
    public static RunModel Create(Recipe recipe, long steps, RunMachine machine, PickleDict? saved = null, string file = "")
    {
        INetwork definition = NetworkCatalogue.Create(recipe.Network);
        if (saved is not null)
        {
            SavedValues values = new(saved, file);
            RunModel model = new(recipe, definition, StrictLoading.Conform(definition, values.Tensors(WeightsKey), file), steps, machine);
            try
            {
                model.Optimiser.Load(values.Dict(OptimiserKey), file);
                model.Schedule.Load(values.Dict(ScheduleKey), file);
                model.Average?.Load(values.Dict(AverageKey), file);
                // a run that changes to fp16 begins with a scaler of its own
                if (values.OptionalDict(ScalerKey) is { } scaler)
                    model.Scaler?.Load(scaler, file);
                return model;
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }
        StateDict weights = recipe.Init == Recipe.RandomInit
            ? NetworkInitialiser.Create(definition, recipe.Seed)
            : StrictLoading.Conform(definition, WeightsFile.Load(recipe.Init), recipe.Init);
        return new RunModel(recipe, definition, weights, steps, machine);
    }

    /// <summary>Adds everything that later steps depend on to a saved state.</summary>
    public void SaveInto(PickleDict state)
    {
        state.Add(WeightsKey, new PickleDict(Parameters.ToStateDict()));
        state.Add(OptimiserKey, Optimiser.Save());
        state.Add(ScheduleKey, Schedule.Save());
        state.Add(AverageKey, Average?.Save() ?? PickleValue.None);
        state.Add(ScalerKey, Scaler?.Save() ?? PickleValue.None);
    }

    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        StepStart.Dispose();
        Average?.Dispose();
        Optimiser.Dispose();
        Parameters.Dispose();
    }
}
