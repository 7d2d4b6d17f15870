using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;

namespace Matting.Trainer.Training;

/// <summary>Something that changes in the course of a run, and goes on from where it was when the run is resumed.</summary>
public interface IResumable
{
    /// <summary>A copy of everything that later steps depend on; the same state always gives the same copy.</summary>
    PickleDict Save();

    /// <summary>Takes a saved state over; settings stay as they are.</summary>
    /// <param name="saved">What <see cref="Save"/> gave, of an object with the same settings.</param>
    /// <param name="file">Where it was read from, for messages.</param>
    /// <exception cref="WeightsFormatException">It is not the state of such an object; nothing was changed.</exception>
    void Load(PickleDict saved, string file);
}
