using Matting.Shared.Numerics;

namespace Matting.Shared.Networks;

/// <summary>How the values of a new parameter are chosen.</summary>
public abstract record Initialiser
{
    private Initialiser()
    {
    }

    /// <summary>Fills a parameter.</summary>
    /// <param name="values">All its values; overwritten.</param>
    /// <param name="random">Where random numbers come from.</param>
    public abstract void Fill(Span<float> values, SeededRandom random);

    /// <summary>The same number everywhere.</summary>
    /// <param name="Value">That number.</param>
    public sealed record Constant(float Value) : Initialiser
    {
        /// <inheritdoc/>
        public override void Fill(Span<float> values, SeededRandom random) => values.Fill(Value);
    }

    /// <summary>Independent numbers, evenly distributed in [-Bound, Bound).</summary>
    /// <param name="Bound">The largest magnitude.</param>
    public sealed record Uniform(double Bound) : Initialiser
    {
        /// <summary>
        /// PyTorch's default for convolutions, weights and biases alike: Kaiming's rule (He et al. 2015) with
        /// a = sqrt(5) comes down to a bound of 1 / sqrt(fan-in).
        /// </summary>
        /// <param name="fanIn">Input values that one output value sees.</param>
        public static Uniform ForFanIn(long fanIn) => new(1.0 / Math.Sqrt(fanIn));

        /// <inheritdoc/>
        public override void Fill(Span<float> values, SeededRandom random)
        {
            foreach (ref float value in values)
                value = (float)random.Uniform(-Bound, Bound);
        }
    }
}
