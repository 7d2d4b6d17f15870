namespace Matting.Shared.Metrics;

/// <summary>
/// How far a predicted alpha is from the true one, over all pixels of a picture; 0 is perfect everywhere. The measures and the
/// thousands are those of the field: C. Rhemann et al., "A perceptually motivated online benchmark for image matting", CVPR
/// 2009, and the evaluation code that goes with N. Xu et al., "Deep image matting", CVPR 2017. The literature sums over the
/// unknown part of a trimap; here there is no trimap, and every pixel counts.
/// </summary>
/// <param name="Mse">Mean squared error, alphas in 0..1.</param>
/// <param name="Mad">Mean absolute error (mean absolute difference), alphas in 0..1.</param>
/// <param name="Sad">Sum of absolute differences, in thousands; grows with the number of pixels.</param>
/// <param name="Gradient">Gradient error (<see cref="GradientError"/>), in thousands; grows with the number of pixels.</param>
/// <param name="Connectivity">Connectivity error (<see cref="ConnectivityError"/>), in thousands; grows with the number of pixels.</param>
public readonly record struct AlphaErrors(double Mse, double Mad, double Sad, double Gradient, double Connectivity)
{
    /// <summary>The unit of <see cref="Sad"/>, <see cref="Gradient"/> and <see cref="Connectivity"/>.</summary>
    public const double Thousand = 1000;

    /// <summary>True when all of them are numbers; an alpha with a value that is none has none.</summary>
    public bool AreFinite =>
        double.IsFinite(Mse) && double.IsFinite(Mad) && double.IsFinite(Sad) && double.IsFinite(Gradient) && double.IsFinite(Connectivity);

    /// <summary>The mean over pictures, summed in their order; every picture counts the same, whatever its size.</summary>
    /// <param name="pictures">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static AlphaErrors Mean(IReadOnlyCollection<AlphaErrors> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count == 0)
            throw new ArgumentException("there is no mean of nothing", nameof(pictures));
        double mse = 0, mad = 0, sad = 0, gradient = 0, connectivity = 0;
        foreach (AlphaErrors errors in pictures)
        {
            mse += errors.Mse;
            mad += errors.Mad;
            sad += errors.Sad;
            gradient += errors.Gradient;
            connectivity += errors.Connectivity;
        }
        double count = pictures.Count;
        return new AlphaErrors(mse / count, mad / count, sad / count, gradient / count, connectivity / count);
    }
}
