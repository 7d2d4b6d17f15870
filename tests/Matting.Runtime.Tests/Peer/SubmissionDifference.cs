using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.Peer;

/// <summary>The pixels of two submissions, counted by how far they are apart.</summary>
/// <param name="Equal">Pixels that are the same.</param>
/// <param name="OffByOne">Pixels that are one level apart.</param>
/// <param name="More">Pixels that are further apart.</param>
/// <param name="Excluded">Pixels that were not looked at, because rounding decides over them.</param>
internal sealed record SubmissionDifference(int Equal, int OffByOne, int More, int Excluded)
{
    // the support of `components` is what is above this, and is widened to 7x7; two engines differ by less than the margin
    private const float Threshold = 0.05f;
    private const float Margin = 1e-5f;
    private const int Reach = 3;

    /// <summary>Compares two submissions row by row.</summary>
    /// <param name="expected">One file.</param>
    /// <param name="actual">The other; its rows have the same names in the same order.</param>
    /// <param name="predictions">For each row the alphas before the post-process, to leave out where the support is a matter of rounding; null to compare all.</param>
    public static SubmissionDifference Of(string expected, string actual, IReadOnlyList<float[]>? predictions)
    {
        using SubmissionDocument first = SubmissionDocument.Open(expected), second = SubmissionDocument.Open(actual);
        Assert.Equal(first.Entries.Select(entry => entry.Name), second.Entries.Select(entry => entry.Name));
        SubmissionDifference all = new(0, 0, 0, 0);
        for (int row = 0; row < first.Entries.Count; row++)
        {
            PixelImage one = first.Read(first.Entries[row]), other = second.Read(second.Entries[row]);
            Assert.Equal((one.Width, one.Height, 1), (other.Width, other.Height, other.Channels));
            bool[] excluded = predictions is null ? new bool[one.Pixels.Length] : Undecided(predictions[row], one.Width, one.Height);
            for (int i = 0; i < excluded.Length; i++)
            {
                int levels = Math.Abs(one.Pixels[i] - other.Pixels[i]);
                all = excluded[i] ? all with { Excluded = all.Excluded + 1 }
                    : levels == 0 ? all with { Equal = all.Equal + 1 }
                    : levels == 1 ? all with { OffByOne = all.OffByOne + 1 }
                    : all with { More = all.More + 1 };
            }
        }
        return all;
    }

    private static bool[] Undecided(float[] alpha, int width, int height)
    {
        bool[] undecided = new bool[alpha.Length];
        for (int i = 0; i < alpha.Length; i++)
        {
            if (Math.Abs(alpha[i] - Threshold) > Margin)
                continue;
            (int y, int x) = Math.DivRem(i, width);
            for (int row = Math.Max(0, y - Reach); row <= Math.Min(height - 1, y + Reach); row++)
                undecided.AsSpan(row * width + Math.Max(0, x - Reach), Math.Min(width - 1, x + Reach) - Math.Max(0, x - Reach) + 1).Fill(true);
        }
        return undecided;
    }
}
