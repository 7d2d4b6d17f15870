using Matting.CommandLine;
using Matting.Shared.Imaging;
using Matting.Shared.Metrics;

namespace Matting.Runtime.Cli.Comparison;

/// <summary>Compares two sides picture by picture; only a few pictures are in memory at a time.</summary>
internal sealed class Comparer(IPictureSource a, IPictureSource b)
{
    /// <summary>Compares what both sides have; what cannot be compared is reported and the rest goes on.</summary>
    public ComparisonReport Run(string nameOfA, string nameOfB, Action<string> reportFailure, CancellationToken cancellation)
    {
        HashSet<string> inA = [.. a.Names], inB = [.. b.Names];
        List<string> failures = [.. a.Problems, .. b.Problems];
        failures.ForEach(reportFailure);
        List<PictureDifference> pictures = [];
        string[] common = [.. a.Names.Where(inB.Contains).Order(StringComparer.Ordinal)];
        using ProgressLine progress = new("compare", common.Length);
        foreach ((string name, PictureOutcome<PixelImage> ofA, PictureOutcome<PixelImage> ofB) in common.Zip(a.ReadAll(common, cancellation), b.ReadAll(common, cancellation)))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if ((ofA.Failure ?? ofB.Failure) is { } unread)
                    throw new UserErrorException(unread.Message);
                (PixelImage first, PixelImage second) = Alike(name, ofA.Result!, ofB.Result!);
                AlphaDifference difference = AlphaDifference.Of(first.Pixels, second.Pixels, first.Channels);
                pictures.Add(new PictureDifference(name, first.Width, first.Height, difference.Mse, difference.Sad, difference.Maximum, difference.EqualShare));
            }
            catch (UserErrorException failure)
            {
                failures.Add(failure.Message);
                reportFailure(failure.Message);
            }
            progress.Advance(1, name);
        }
        return new ComparisonReport
        {
            A = nameOfA,
            B = nameOfB,
            Pictures = pictures,
            OnlyInA = [.. a.Names.Where(name => !inB.Contains(name)).Order(StringComparer.Ordinal)],
            OnlyInB = [.. b.Names.Where(name => !inA.Contains(name)).Order(StringComparer.Ordinal)],
            Failures = failures,
        };
    }

    /// <summary>Both versions of a picture with the same number of channels.</summary>
    /// <exception cref="UserErrorException">Their sizes differ.</exception>
    public (PixelImage First, PixelImage Second) Pair(string name, CancellationToken cancellation) => Alike(name, a.Read(name, cancellation), b.Read(name, cancellation));

    private static (PixelImage First, PixelImage Second) Alike(string name, PixelImage first, PixelImage second)
    {
        if (first.Width != second.Width || first.Height != second.Height)
            throw new UserErrorException($"{name}: {first.Height}x{first.Width} in A and {second.Height}x{second.Width} in B (height x width) cannot be compared");
        return first.Channels == second.Channels ? (first, second) : (Levels.Rgba(first), Levels.Rgba(second));
    }
}
