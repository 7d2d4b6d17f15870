namespace Matting.Shared.Imaging;

/// <summary>Settings of <see cref="ForegroundEstimation"/>; the defaults are those that its authors published with the method.</summary>
public sealed record ForegroundOptions
{
    /// <summary>All defaults.</summary>
    public static ForegroundOptions Default { get; } = new();

    /// <summary>Sweeps over a level whose sides are both at most <see cref="SmallSize"/>, 1 to 1000. Default 10.</summary>
    public int SmallIterations { get; init; } = 10;

    /// <summary>Sweeps over a larger level, 1 to 1000. Default 2.</summary>
    public int LargeIterations { get; init; } = 2;

    /// <summary>Largest side, in pixels, of a level that counts as small, at least 1. Default 32.</summary>
    public int SmallSize { get; init; } = 32;

    /// <summary>How strongly neighbours of equal alpha are drawn together (epsilon), above 0 and at most 1. Default 1e-5.</summary>
    public float Regularisation { get; init; } = 1e-5f;

    /// <summary>How much more strongly they are where alpha changes (omega, for each unit of difference), 0 to 100. Default 1.</summary>
    public float GradientWeight { get; init; } = 1f;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public void Validate()
    {
        Check(SmallIterations is >= 1 and <= 1000, SmallIterations, nameof(SmallIterations), "lies between 1 and 1000");
        Check(LargeIterations is >= 1 and <= 1000, LargeIterations, nameof(LargeIterations), "lies between 1 and 1000");
        Check(SmallSize >= 1, SmallSize, nameof(SmallSize), "is at least 1");
        Check(Regularisation is > 0 and <= 1, Regularisation, nameof(Regularisation), "is above 0 and at most 1");
        Check(GradientWeight is >= 0 and <= 100, GradientWeight, nameof(GradientWeight), "lies between 0 and 100");
    }

    private static void Check(bool good, object value, string name, string range)
    {
        if (!good)
            throw new ArgumentOutOfRangeException(name, value, $"{name} {range}");
    }
}
