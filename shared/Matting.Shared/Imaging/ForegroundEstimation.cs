using Matting.Shared.Imaging.Foreground;

namespace Matting.Shared.Imaging;

/// <summary>
/// The colours of the foreground alone, where a picture shows it mixed with its background: what a cut-out needs at soft edges.
/// Multi-level foreground estimation (Germer, Uelwer, Conrad, Harmeling: "Fast Multi-Level Foreground Estimation", ICPR 2020): F and B
/// minimise, over all pixels i and their four neighbours j,
/// <c>(a_i F_i + (1 - a_i) B_i - I_i)^2 + (epsilon + omega |a_i - a_j|) ((F_i - F_j)^2 + (B_i - B_j)^2)</c>, on a picture of
/// one pixel first and on the whole one last, each level starting from the one before.
/// </summary>
/// <remarks>
/// The pixels of a level are solved in the order of a chessboard, first those of one colour, then the others, so the result depends neither on
/// threads nor on the width of the processor's vectors. A call works on one thread and takes about 30 bytes of memory a pixel while it runs.
/// </remarks>
public static class ForegroundEstimation
{
    /// <summary>Estimates the foreground of a picture.</summary>
    /// <param name="rgb">A picture of three channels.</param>
    /// <param name="alpha">Its alpha: one channel, the same size.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <returns>
    /// A new RGB picture of the same size. Where alpha is 255 it has the picture's own colours; where alpha is 0 the foreground's colours
    /// go on smoothly, so that a filter which reads beyond the edge meets no others.
    /// </returns>
    /// <exception cref="ArgumentException">A wrong number of channels, or sizes that differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    public static PixelImage Estimate(PixelImage rgb, PixelImage alpha, ForegroundOptions? options = null)
    {
        AlphaPair.Check(rgb, alpha);
        options ??= ForegroundOptions.Default;
        options.Validate();
        PixelImage result = new(rgb.Width, rgb.Height, 3) { ColourProfile = rgb.ColourProfile };
        FirstGuess guess = FirstGuess.Of(rgb, alpha);
        using LevelPlanes planes = new(rgb, alpha);
        for (int channel = 0; channel < 3; channel++)
        {
            planes.Start(channel, guess.Foreground(channel), guess.Background(channel));
            foreach (LevelSize level in LevelSize.UpTo(rgb.Width, rgb.Height))
            {
                planes.Enter(level);
                int sweeps = Math.Max(level.Width, level.Height) <= options.SmallSize ? options.SmallIterations : options.LargeIterations;
                for (int sweep = 0; sweep < sweeps; sweep++)
                    planes.Sweep(options);
            }
            planes.Finish();
        }
        planes.WriteForeground(result);
        return result;
    }
}
