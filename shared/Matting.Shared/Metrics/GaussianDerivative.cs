namespace Matting.Shared.Metrics;

/// <summary>
/// The halves of the separable first-order Gaussian derivative filter of the gradient error: taps at distance 0..<see cref="Radius"/>.
/// The radius is where the Gaussian falls below 0.01, <c>ceil(sigma * sqrt(-2 ln(0.01 sqrt(2 pi) sigma)))</c>; each two-dimensional
/// filter has a sum of squares of 1, and so has each of its one-dimensional factors.
/// </summary>
internal static class GaussianDerivative
{
    /// <summary>Largest distance of a tap.</summary>
    public const int Radius = 4;

    /// <summary>Number of taps.</summary>
    public const int Taps = 2 * Radius + 1;

    private const double Sigma = 1.4;

    /// <summary>The Gaussian, equal on both sides.</summary>
    public static readonly float[] Smooth = Normalised(distance => Math.Exp(-distance * distance / (2 * Sigma * Sigma)));

    /// <summary>Its derivative but for the sign, which is opposite on the two sides.</summary>
    public static readonly float[] Slope = Normalised(distance => distance * Math.Exp(-distance * distance / (2 * Sigma * Sigma)));

    private static float[] Normalised(Func<double, double> tap)
    {
        double squares = Enumerable.Range(-Radius, Taps).Sum(distance => tap(distance) * tap(distance));
        return [.. Enumerable.Range(0, Radius + 1).Select(distance => (float)(tap(distance) / Math.Sqrt(squares)))];
    }
}
