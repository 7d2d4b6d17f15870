using System.Net;
using System.Text;

namespace Matting.Shared.Html;

/// <summary>Text that may come from anywhere, made harmless.</summary>
public static class HtmlText
{
    /// <summary>Escapes what means something in HTML, between tags and in quoted attributes, and replaces what may not stand there at all.</summary>
    public static string Encode(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        StringBuilder clean = new(text.Length);
        // half surrogate pairs come out as the replacement character
        foreach (Rune rune in text.EnumerateRunes())
            clean.Append(MayStand(rune) ? rune : Rune.ReplacementChar);
        return WebUtility.HtmlEncode(clean.ToString());
    }

    // control characters but for tab and line ends, and the two that are no characters, exist neither in HTML nor in XML
    private static bool MayStand(Rune rune) => rune.Value is '\t' or '\n' or '\r' || (!Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF));
}
