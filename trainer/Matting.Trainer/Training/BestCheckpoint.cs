using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Torch;

namespace Matting.Trainer.Training;

/// <summary>The file with the best weights of a run: <c>{"model_state": state_dict}</c>, which Python's <c>torch.load</c> reads.</summary>
internal static class BestCheckpoint
{
    /// <summary>Writes the weights as they are now; an earlier file of this run is replaced in one move.</summary>
    public static void Save(string path, ParameterStore parameters) =>
        PthFile.Write(path, new PickleDict { { "model_state", new PickleDict(parameters.ToStateDict()) } });
}
