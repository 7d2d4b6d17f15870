using System.Text;
using Matting.Shared.Html;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.View;

/// <summary>Rows of a submission as one HTML file that fetches nothing and runs nothing.</summary>
internal static class ViewPage
{
    private const string Style = """
        body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; font: 15px/1.4 system-ui, sans-serif; color: #262a32; background: #fafafb }
        h1 { font-size: 1.3rem; overflow-wrap: anywhere }
        figure { margin: 0 0 1.5rem; display: grid; grid-template-columns: repeat(3, 1fr); gap: .4rem }
        img { width: 100%; border: 1px solid #dadde2; box-sizing: border-box }
        figcaption { grid-column: 1 / -1; color: #747a86; overflow-wrap: anywhere }
        @media (prefers-color-scheme: dark) { body { color: #e4e6eb; background: #17191d } img { border-color: #3a3f48 } }
        """;

    /// <summary>Writes a page.</summary>
    /// <param name="title">Stands above everything.</param>
    /// <param name="rows">The rows; each is encoded as it comes.</param>
    public static byte[] Write(string title, IEnumerable<ViewedRow> rows)
    {
        HtmlWriter page = new();
        page.Write($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width\"/>");
        page.Write($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"/>");
        page.Write($"<title>{title}</title><style>");
        page.Raw(Style);
        page.Write($"</style></head><body><h1>{title}</h1>");
        foreach (ViewedRow row in rows)
        {
            page.Write($"<figure><figcaption>{row.Name} ({row.Size})</figcaption>");
            Image(page, $"{row.Name}: picture", "jpeg", ImageFile.Encode("picture.jpg", row.Picture));
            Image(page, $"{row.Name}: alpha", "png", ImageFile.EncodePng(row.Alpha));
            Image(page, $"{row.Name}: cut-out", "jpeg", ImageFile.Encode("cutout.jpg", row.CutOut));
            page.Write($"</figure>");
        }
        page.Write($"</body></html>");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void Image(HtmlWriter page, string text, string format, byte[] content)
    {
        page.Raw("<img src=\"data:image/");
        page.Raw(format);
        page.Raw(";base64,");
        page.Raw(Convert.ToBase64String(content));
        page.Write($"\" alt=\"{text}\"/>");
    }
}
