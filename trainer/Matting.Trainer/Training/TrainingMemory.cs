using Matting.Shared;

namespace Matting.Trainer.Training;

/// <summary>Names the settings that decide how much memory a piece of work takes, where it takes more than there is.</summary>
internal static class TrainingMemory
{
    /// <summary>Does the work.</summary>
    /// <param name="batch">Samples that are worked on at once.</param>
    /// <param name="size">Their side in pixels.</param>
    /// <param name="remedy">What needs less.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="TrainingException">Memory ran out.</exception>
    internal static T Watch<T>(int batch, int size, string remedy, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (MemoryShortage.Explain(e) is { } shortage)
        {
            throw new TrainingException($"{shortage} with {batch} pictures of {size}x{size} at once: {remedy}", e);
        }
    }
}
