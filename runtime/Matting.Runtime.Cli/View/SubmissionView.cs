using Matting.Runtime.Cli.Comparison;
using Matting.Runtime.Cli.Sheets;
using Matting.Runtime.Submissions;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.View;

/// <summary>A row of a submission beside its picture, all of one size.</summary>
/// <param name="Name">The picture's name.</param>
/// <param name="Size">Sizes of picture and alpha in words.</param>
/// <param name="Picture">RGB.</param>
/// <param name="Alpha">Grey.</param>
/// <param name="CutOut">RGB: the picture through the alpha, over a checkerboard.</param>
internal sealed record ViewedRow(string Name, string Size, PixelImage Picture, PixelImage Alpha, PixelImage CutOut);

/// <summary>Brings the rows of a submission and the pictures of a folder together.</summary>
internal sealed class SubmissionView(SubmissionDocument submission, FolderSource pictures)
{
    /// <summary>Reads the first rows; one that is wrong or has no picture is reported and the rest goes on.</summary>
    /// <param name="limit">The most rows.</param>
    /// <param name="cell">The longer side that pictures get.</param>
    /// <param name="report">Takes one line for each row that cannot be shown.</param>
    /// <param name="shown">Called after each row.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public IEnumerable<ViewedRow> Rows(int limit, int cell, Action<string> report, Action<string> shown, CancellationToken cancellation)
    {
        HashSet<string> known = [.. pictures.Names];
        foreach (SubmissionEntry entry in submission.Entries.Take(limit))
        {
            cancellation.ThrowIfCancellationRequested();
            ViewedRow? row = null;
            try
            {
                row = Read(entry, known, cell);
            }
            catch (Exception failure) when (SourceFailure.IsOfOnePicture(failure))
            {
                report(failure.Message);
            }
            if (row is not null)
                yield return row;
            shown(entry.Name);
        }
    }

    private ViewedRow Read(SubmissionEntry entry, HashSet<string> known, int cell)
    {
        PixelImage alpha = submission.Read(entry);
        if (!known.Contains(entry.Name))
            throw new SubmissionException(submission.File, entry.Line, entry.Name, "there is no picture of this name");
        PixelImage picture = ImageFile.ReadRgb(pictures.FileOf(entry.Name));
        PixelImage small = Thumbnail.Of(picture, cell);
        // an alpha of the network's size has other proportions than its picture
        PixelImage smallAlpha = Preprocessing.ResizeForNetwork(alpha, small.Width, small.Height);
        string size = $"{picture.Height}x{picture.Width}, alpha {alpha.Height}x{alpha.Width}";
        return new ViewedRow(entry.Name, size, small, smallAlpha, Thumbnail.CutOut(small, smallAlpha));
    }
}
