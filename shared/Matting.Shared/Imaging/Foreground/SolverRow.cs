using System.Numerics;
using System.Runtime.InteropServices;

namespace Matting.Shared.Imaging.Foreground;

/// <summary>
/// Solves every other pixel of a row for its neighbours. With weights w_j = epsilon + omega |a - a_j|, their sum W, and the neighbours'
/// weighted means F' and B', the least squares of a pixel have the solution
/// <c>F = F' + a k, B = B' + (1 - a) k, k = (I - a F' - (1 - a) B') / (W + a^2 + (1 - a)^2)</c>, limited to 0..1. A neighbour that lies
/// outside is the pixel itself, which leaves the minimum where it is.
/// </summary>
internal ref struct SolverRow
{
    public required ReadOnlySpan<float> Image;
    public required ReadOnlySpan<float> AlphaUp;
    public required ReadOnlySpan<float> Alpha;
    public required ReadOnlySpan<float> AlphaDown;
    public required ThreeRows Foreground;
    public required ThreeRows Background;
    public required float Regularisation;
    public required float GradientWeight;

    /// <summary>Solves the even or the odd columns; the others are read only, so the order of the columns does not matter.</summary>
    /// <param name="parity">0 for columns 0, 2, ..., 1 for columns 1, 3, ...</param>
    public readonly void Solve(int parity)
    {
        int width = Image.Length, lanes = Vector<float>.Count, column = 0;
        // the first and the last column have neighbours outside; vectors solve all columns and keep every other
        if (width >= lanes + 2)
        {
            SolveOne(0, parity);
            Vector<int> kept = Vector.Equals(Vector.BitwiseAnd(Vector<int>.Indices, Vector<int>.One), new Vector<int>(1 - parity));
            for (column = 1; column + lanes < width; column += lanes)
                SolveVector(column, kept);
        }
        for (; column < width; column++)
            SolveOne(column, parity);
    }

    private readonly void SolveOne(int x, int parity)
    {
        if ((x & 1) != parity)
            return;
        int left = Math.Max(x - 1, 0), right = Math.Min(x + 1, Image.Length - 1);
        float alpha = Alpha[x], rest = 1f - alpha;
        float toLeft = Weight(alpha, Alpha[left]), toRight = Weight(alpha, Alpha[right]);
        float toUp = Weight(alpha, AlphaUp[x]), toDown = Weight(alpha, AlphaDown[x]);
        float sum = toLeft + toRight + toUp + toDown, share = 1f / sum;
        Span<float> foreground = Foreground.Row, background = Background.Row;
        float meanForeground = ((toLeft * foreground[left]) + (toRight * foreground[right]) + (toUp * Foreground.Up[x]) + (toDown * Foreground.Down[x])) * share;
        float meanBackground = ((toLeft * background[left]) + (toRight * background[right]) + (toUp * Background.Up[x]) + (toDown * Background.Down[x])) * share;
        float step = (Image[x] - (alpha * meanForeground) - (rest * meanBackground)) / (sum + (alpha * alpha) + (rest * rest));
        foreground[x] = Math.Clamp(meanForeground + (alpha * step), 0f, 1f);
        background[x] = Math.Clamp(meanBackground + (rest * step), 0f, 1f);
    }

    private readonly float Weight(float alpha, float other) => Regularisation + (GradientWeight * Math.Abs(alpha - other));

    // the same sums in the same order as above
    private readonly void SolveVector(int x, Vector<int> kept)
    {
        Vector<float> alpha = At(Alpha, x), rest = Vector<float>.One - alpha;
        Vector<float> toLeft = Weight(alpha, At(Alpha, x - 1)), toRight = Weight(alpha, At(Alpha, x + 1));
        Vector<float> toUp = Weight(alpha, At(AlphaUp, x)), toDown = Weight(alpha, At(AlphaDown, x));
        Vector<float> sum = toLeft + toRight + toUp + toDown, share = Vector<float>.One / sum;
        Span<float> foreground = Foreground.Row, background = Background.Row;
        Vector<float> meanForeground = ((toLeft * At(foreground, x - 1)) + (toRight * At(foreground, x + 1)) + (toUp * At(Foreground.Up, x)) + (toDown * At(Foreground.Down, x))) * share;
        Vector<float> meanBackground = ((toLeft * At(background, x - 1)) + (toRight * At(background, x + 1)) + (toUp * At(Background.Up, x)) + (toDown * At(Background.Down, x))) * share;
        Vector<float> step = (At(Image, x) - (alpha * meanForeground) - (rest * meanBackground)) / (sum + (alpha * alpha) + (rest * rest));
        Keep(kept, meanForeground + (alpha * step), foreground, x);
        Keep(kept, meanBackground + (rest * step), background, x);
    }

    private readonly Vector<float> Weight(Vector<float> alpha, Vector<float> other) =>
        new Vector<float>(Regularisation) + (new Vector<float>(GradientWeight) * Vector.Abs(alpha - other));

    private static void Keep(Vector<int> kept, Vector<float> solved, Span<float> row, int x)
    {
        Vector<float> limited = Vector.Min(Vector.Max(solved, Vector<float>.Zero), Vector<float>.One);
        Vector.ConditionalSelect(kept, limited, At(row, x)).CopyTo(row[x..]);
    }

    // the caller keeps the vector inside the row
    private static Vector<float> At(ReadOnlySpan<float> row, int x) => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)x);
}
