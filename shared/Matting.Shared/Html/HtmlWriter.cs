using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Matting.Shared.Html;

/// <summary>Collects HTML. What stands in the source is markup, what is put into its holes is text and is escaped.</summary>
public sealed class HtmlWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup; the values in it are escaped.</summary>
    public void Write([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
        // the handler has written everything by now
        _ = markup;
        _text.Append('\n');
    }

    /// <summary>Adds something of our own as it is: a style sheet, a program, encoded bytes.</summary>
    public void Raw(ReadOnlySpan<char> markup) => _text.Append(markup);

    /// <summary>The page so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>An interpolated string on its way into a writer.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        /// <summary>Called by the compiler.</summary>
        public Markup(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _ = (literalLength, formattedCount);
            _text = writer._text;
        }

        /// <summary>Markup.</summary>
        public void AppendLiteral(string markup) => _text.Append(markup);

        /// <summary>Text.</summary>
        public void AppendFormatted(string? text) => _text.Append(HtmlText.Encode(text));

        /// <summary>Text that may be broken after points, underscores and slashes.</summary>
        public void AppendFormatted(Breakable text) => _text.Append(HtmlText.Encode(text.Text)
            .Replace("/", "/<wbr/>", StringComparison.Ordinal)
            .Replace(".", ".<wbr/>", StringComparison.Ordinal)
            .Replace("_", "_<wbr/>", StringComparison.Ordinal));

        /// <summary>A number, the same in every country.</summary>
        public void AppendFormatted<T>(T value, string? format = null) where T : ISpanFormattable =>
            _text.Append(HtmlText.Encode(value.ToString(format, CultureInfo.InvariantCulture)));
    }
}

/// <summary>A key path, a file's path or the like: it has no spaces, but narrow columns may break it after points, underscores and slashes.</summary>
public readonly record struct Breakable(string Text);
