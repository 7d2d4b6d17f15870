using Matting.Shared.Html;
using Matting.Trainer.Reports.Charts;
using Matting.Trainer.Reports.Logs;

namespace Matting.Trainer.Reports.Sections;

/// <summary>The pictures of a run, put into the page itself.</summary>
internal static class PicturesSection
{
    // a page of a hundred pictures would be too large to send to anybody
    private const int MostPanels = 8, MostBatches = 2;
    private const long LargestFile = 32L << 20;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes the section; nothing when there is no picture.</summary>
    public static void Write(HtmlWriter page, RunHistory run)
    {
        if (run.Pictures.Count == 0)
            return;
        page.Write($"<section><h2>Pictures</h2>");
        RunPicture[] panels = [.. run.Pictures.Where(picture => picture.Kind == RunPictureKind.Validation)];
        RunPicture[] batches = [.. run.Pictures.Where(picture => picture.Kind == RunPictureKind.TrainBatch)];
        // the panel of the best weights is what people look for; it stands first and open
        RunPicture? best = panels.LastOrDefault(panel => panel.Epoch <= (run.Best?.Epoch ?? int.MaxValue)) ?? panels.FirstOrDefault();
        if (best is not null)
            Show(page, best, run, open: true);
        RunPicture[] shown = Spread([.. panels.Where(panel => panel != best)], MostPanels - 1);
        foreach (RunPicture panel in shown)
            Show(page, panel, run, open: false);
        RunPicture[] shownBatches = Spread(batches, MostBatches);
        foreach (RunPicture batch in shownBatches)
            Show(page, batch, run, open: false);
        int left = run.Pictures.Count - shown.Length - shownBatches.Length - (best is null ? 0 : 1);
        if (left > 0)
            page.Write($"<p>{left} more in the folder {Path.GetFileName(run.Folder.PicturesPath)} of the run.</p>");
        page.Write($"</section>");
    }

    private static void Show(HtmlWriter page, RunPicture picture, RunHistory run, bool open)
    {
        string title = picture.Kind == RunPictureKind.Validation ? $"Validation after epoch {picture.Epoch}" : $"First training batch of epoch {picture.Epoch}";
        LoggedEpoch? epoch = run.Epochs.FirstOrDefault(one => one.Epoch == picture.Epoch);
        string mse = picture.Kind == RunPictureKind.Validation && epoch?.ValMse is double value ? $", MSE\u00a0{ChartNumber.Value(value)}" : "";
        string what = picture.Kind == RunPictureKind.Validation
            ? "image, truth, prediction and difference of a few validation samples, each with its MSE"
            : "image, alpha and histogram of the alpha of a few samples as the network sees them, with the share of mid-tones";
        string alternative = $"{title}{mse}: {what}";
        if (Read(picture.Path) is not { } content)
        {
            page.Write($"""<p class="warning">{Path.GetFileName(picture.Path)} is no readable PNG and is left out.</p>""");
            return;
        }
        if (open)
            page.Write($"""<details open="open"><summary>{title}{mse}</summary>""");
        else
            page.Write($"""<details><summary>{title}{mse}</summary>""");
        page.Write($"""<img alt="{alternative}" src="data:image/png;base64,{Convert.ToBase64String(content)}"/></details>""");
    }

    private static byte[]? Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                return null;
            byte[] content = File.ReadAllBytes(path);
            return content.AsSpan().StartsWith(PngSignature) ? content : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>At most so many, as evenly as whole numbers allow, the first and the last among them.</summary>
    internal static T[] Spread<T>(IReadOnlyList<T> all, int most) => all.Count <= most ? [.. all] :
        [.. Enumerable.Range(0, most).Select(i => all[(int)Math.Round((double)i * (all.Count - 1) / (most - 1), MidpointRounding.AwayFromZero)])];
}
