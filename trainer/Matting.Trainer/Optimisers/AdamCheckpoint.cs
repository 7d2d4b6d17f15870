using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Torch;

namespace Matting.Trainer.Optimisers;

/// <summary>
/// The state of <see cref="Adam"/> as PyTorch stores it: <c>{"state": {index: {step, exp_avg, exp_avg_sq}}, "param_groups":
/// [{lr, betas, eps, weight_decay, ..., params: [index, ...]}]}</c>, the indices counting the trainable parameters.
/// </summary>
public static class AdamCheckpoint
{
    private const string State = "state";
    private const string StepKey = "step";
    private const string ExpAvgKey = "exp_avg";
    private const string ExpAvgSqKey = "exp_avg_sq";

    /// <summary>A copy of the state as it is now; parameters that never moved have none, as in PyTorch.</summary>
    public static PickleDict Save(Adam optimiser)
    {
        PickleDict states = new();
        foreach ((int index, AdamState state) in optimiser.States.Index())
        {
            if (state.Step == 0)
                continue;
            long[] shape = state.Parameter.Value.shape;
            states.Add((long)index, new PickleDict
            {
                { StepKey, WeightTensor.FromFloat32([state.Step]) },
                { ExpAvgKey, WeightTensor.FromFloat32(TensorMemory.ToFloats(state.ExpAvg), shape) },
                { ExpAvgSqKey, WeightTensor.FromFloat32(TensorMemory.ToFloats(state.ExpAvgSq), shape) },
            });
        }
        return new PickleDict { { State, states }, { "param_groups", new PickleList { Group(optimiser) } } };
    }

    /// <summary>Puts a saved state into an optimiser of the same parameters; its settings stay as they are.</summary>
    /// <param name="optimiser">Goes on where the saved one stood.</param>
    /// <param name="saved">What <see cref="Save"/> or PyTorch's <c>state_dict()</c> gave.</param>
    /// <param name="file">Where it was read from, for messages.</param>
    /// <exception cref="WeightsFormatException">It is not the state of such an optimiser.</exception>
    public static void Load(Adam optimiser, PickleDict saved, string file)
    {
        if (!saved.TryGetValue(State, out PickleValue? found) || found is not PickleDict states)
            throw new WeightsFormatException(file, WeightsFormatError.NoStateDict, "there is no optimiser state in it", State);
        // everything is checked before anything is changed
        List<Action> changes = [];
        foreach ((int index, AdamState state) in optimiser.States.Index())
        {
            string name = state.Parameter.Name;
            float[] step = [0], expAvg = new float[state.ExpAvg.numel()], expAvgSq = new float[state.ExpAvg.numel()];
            if (states.TryGetValue((long)index, out PickleValue? entry))
            {
                step = Read(entry, StepKey, [], name, file);
                expAvg = Read(entry, ExpAvgKey, state.Parameter.Value.shape, name, file);
                expAvgSq = Read(entry, ExpAvgSqKey, state.Parameter.Value.shape, name, file);
            }
            changes.Add(() => state.Restore((long)step[0], expAvg, expAvgSq));
        }
        foreach (Action change in changes)
            change();
    }

    private static PickleDict Group(Adam optimiser)
    {
        PickleList indices = new();
        foreach ((int index, AdamState _) in optimiser.States.Index())
            indices.Add((long)index);
        return new PickleDict
        {
            { "lr", optimiser.Lr },
            { "betas", new PickleTuple(optimiser.Options.Beta1, optimiser.Options.Beta2) },
            { "eps", optimiser.Options.Eps },
            { "weight_decay", optimiser.Options.WeightDecay },
            { "amsgrad", false },
            { "maximize", false },
            { "foreach", PickleValue.None },
            { "capturable", false },
            { "params", indices },
        };
    }

    private static float[] Read(PickleValue entry, string key, ReadOnlySpan<long> shape, string name, string file)
    {
        if (entry is PickleDict values && values.TryGetValue(key, out PickleValue? value) && value is PickleTensor tensor
            && tensor.Value.Shape.SequenceEqual(shape.ToArray()))
            return tensor.Value.ToFloat32();
        throw new WeightsFormatException(
            file, WeightsFormatError.NoStateDict, $"expected {key} as a tensor of shape [{string.Join(", ", shape.ToArray())}]", name);
    }
}
