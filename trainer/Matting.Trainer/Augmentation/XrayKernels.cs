using System.Numerics;

namespace Matting.Trainer.Augmentation;

/// <summary>Inner loops of <see cref="XrayAlpha"/> that no tensor primitive covers; all spans have one length.</summary>
internal static class XrayKernels
{
    /// <summary>Copies the values of the pixels whose alpha is above a threshold to the beginning of <paramref name="taken"/>; returns how many.</summary>
    internal static int Take(ReadOnlySpan<float> values, ReadOnlySpan<float> alpha, float above, Span<float> taken)
    {
        // every value is written, the next one over it when it did not count: no branch to mispredict at the edges
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            taken[count] = values[i];
            count += alpha[i] > above ? 1 : 0;
        }
        return count;
    }

    /// <summary>Unsharp masking where the alpha is above a threshold: <c>clamp(d + amount * (d - blurred), 0, ceiling)</c>.</summary>
    internal static void Sharpen(Span<float> density, ReadOnlySpan<float> blurred, ReadOnlySpan<float> alpha, float above, float amount, float ceiling)
    {
        int done = 0;
        for (; done + Vector<float>.Count <= density.Length; done += Vector<float>.Count)
        {
            Vector<float> plain = new(density[done..]);
            Vector<float> crisp = plain + ((plain - new Vector<float>(blurred[done..])) * amount);
            crisp = Vector.Min(Vector.Max(crisp, Vector<float>.Zero), new Vector<float>(ceiling));
            Vector<int> inside = Vector.GreaterThan(new Vector<float>(alpha[done..]), new Vector<float>(above));
            Vector.ConditionalSelect(inside, crisp, plain).CopyTo(density[done..]);
        }
        for (; done < density.Length; done++)
        {
            if (alpha[done] > above)
                density[done] = Math.Clamp(density[done] + ((density[done] - blurred[done]) * amount), 0, ceiling);
        }
    }
}
