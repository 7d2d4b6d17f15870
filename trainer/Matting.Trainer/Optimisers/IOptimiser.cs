using Matting.Trainer.Training;

namespace Matting.Trainer.Optimisers;

/// <summary>Moves parameters along their gradients.</summary>
public interface IOptimiser : IResumable, IDisposable
{
    /// <summary>The learning rate of the next step.</summary>
    double Lr { get; set; }

    /// <summary>Moves every parameter that has a gradient.</summary>
    void Step();

    /// <summary>Takes the gradients away.</summary>
    void ZeroGradients();
}
