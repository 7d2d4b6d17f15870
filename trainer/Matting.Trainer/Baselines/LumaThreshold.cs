namespace Matting.Trainer.Baselines;

/// <summary>A prediction without a network: the object is what is bright, or what is dark.</summary>
/// <param name="Level">The threshold, 0..256: a pixel is bright when its luma is this level or more.</param>
/// <param name="ObjectIsBright">True: bright pixels get alpha 1 and dark ones 0; false: the reverse.</param>
public sealed record LumaThreshold(int Level, bool ObjectIsBright)
{
    /// <summary>Tries every threshold with both polarities and takes the one with the smallest error (the lowest of equals).</summary>
    internal static LumaThreshold Fit(LumaAlphaHistogram pictures)
    {
        (LumaThreshold best, double bestError) = (new LumaThreshold(0, true), double.PositiveInfinity);
        for (int level = 0; level <= LumaAlphaHistogram.Levels; level++)
        {
            foreach (bool bright in (ReadOnlySpan<bool>)[true, false])
            {
                LumaThreshold candidate = new(level, bright);
                double error = candidate.Mse(pictures);
                if (error < bestError)
                    (best, bestError) = (candidate, error);
            }
        }
        return best;
    }

    /// <summary>Mean squared error over the pictures.</summary>
    internal double Mse(LumaAlphaHistogram pictures)
    {
        ReadOnlySpan<double> dark = ObjectIsBright ? pictures.AsBackground : pictures.AsObject;
        ReadOnlySpan<double> bright = ObjectIsBright ? pictures.AsObject : pictures.AsBackground;
        double error = 0;
        for (int level = 0; level < LumaAlphaHistogram.Levels; level++)
            error += level < Level ? dark[level] : bright[level];
        return error;
    }
}
