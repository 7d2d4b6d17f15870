using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Matting.Server.Page;

/// <summary>The page to try a model in a browser: one file, which asks for nothing but <c>/predict</c>.</summary>
internal sealed class TrialPage
{
    public const string ContentType = "text/html; charset=utf-8";

    /// <param name="models">The names of the models, shown at the top, to choose from where there are several.</param>
    public TrialPage(IReadOnlyList<string> models)
    {
        string style = Resource("page.css"), script = Resource("page.js");
        string page = Resource("page.html")
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal)
            .Replace("{{model}}", Choice(models), StringComparison.Ordinal);
        Content = Encoding.UTF8.GetBytes(page);
        Policy = $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; connect-src 'self'; img-src data: blob:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    public byte[] Content { get; }

    /// <summary>What the browser lets the page do: its own style and script, this server, pictures it made itself. Nothing else, so nothing leaves.</summary>
    public string Policy { get; }

    private static string Choice(IReadOnlyList<string> models) => models is [string only]
        ? WebUtility.HtmlEncode(only)
        : $"<select id=\"model\" aria-label=\"Model\">{string.Concat(models.Select(model => $"<option>{WebUtility.HtmlEncode(model)}</option>"))}</select>";

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using Stream stream = typeof(TrialPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource {name} is missing");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
