using Matting.Shared.Imaging;

namespace Matting.Trainer.Baselines;

/// <summary>
/// What the baselines need of a picture: how much alpha there is at each level of luma. All shares
/// are of the picture's pixels, so that in a mean every picture counts the same, as in the metric.
/// </summary>
internal sealed class LumaAlphaHistogram
{
    /// <summary>Levels of luma.</summary>
    public const int Levels = 256;

    private readonly double[] _asObject = new double[Levels];
    private readonly double[] _asBackground = new double[Levels];

    /// <summary>Sum of alpha over the pixels, divided by their number.</summary>
    public double MeanAlpha { get; private set; }

    /// <summary>The same of alpha squared.</summary>
    public double MeanSquaredAlpha { get; private set; }

    /// <summary>Error of the pixels of a level when they are called object: the share of (1 − α)².</summary>
    public ReadOnlySpan<double> AsObject => _asObject;

    /// <summary>Error of the pixels of a level when they are called background: the share of α².</summary>
    public ReadOnlySpan<double> AsBackground => _asBackground;

    /// <summary>The mean over pictures, summed in their order.</summary>
    public static LumaAlphaHistogram Mean(IReadOnlyList<LumaAlphaHistogram> pictures)
    {
        LumaAlphaHistogram mean = new()
        {
            MeanAlpha = pictures.Average(picture => picture.MeanAlpha),
            MeanSquaredAlpha = pictures.Average(picture => picture.MeanSquaredAlpha),
        };
        for (int level = 0; level < Levels; level++)
        {
            mean._asObject[level] = pictures.Average(picture => picture._asObject[level]);
            mean._asBackground[level] = pictures.Average(picture => picture._asBackground[level]);
        }
        return mean;
    }

    /// <summary>Counts a picture.</summary>
    /// <param name="luma">Grey, the integer formula of <see cref="ImageFile.ReadGrey(string, ImageReadOptions?)"/>.</param>
    /// <param name="alpha">Grey, of the same size.</param>
    public static LumaAlphaHistogram Of(PixelImage luma, PixelImage alpha)
    {
        // counting levels first keeps the loop in whole numbers: exact in any order
        long[] counts = new long[Levels], sums = new long[Levels], squares = new long[Levels];
        for (int i = 0; i < luma.Pixels.Length; i++)
        {
            int level = luma.Pixels[i], value = alpha.Pixels[i];
            counts[level]++;
            sums[level] += value;
            squares[level] += value * value;
        }
        LumaAlphaHistogram histogram = new();
        double pixels = luma.Pixels.Length;
        for (int level = 0; level < Levels; level++)
        {
            double sum = sums[level] / 255.0, square = squares[level] / (255.0 * 255.0);
            histogram.MeanAlpha += sum / pixels;
            histogram.MeanSquaredAlpha += square / pixels;
            histogram._asBackground[level] = square / pixels;
            histogram._asObject[level] = (counts[level] - 2 * sum + square) / pixels;
        }
        return histogram;
    }
}
