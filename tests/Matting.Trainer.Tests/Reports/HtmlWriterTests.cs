using Matting.Shared.Html;

namespace Matting.Trainer.Tests.Reports;

public sealed class HtmlWriterTests
{
    [Fact]
    public void What_is_put_into_markup_is_text_whatever_it_looks_like()
    {
        HtmlWriter page = new();
        string hostile = "\"><script>alert('x')</script>&amp;";

        page.Write($"""<p title="{hostile}">{hostile}</p>""");

        string text = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;";
        Assert.Equal($"<p title=\"{text}\">{text}</p>\n", page.ToString());
    }

    [Fact]
    public void Numbers_are_the_same_in_every_country()
    {
        HtmlWriter page = new();

        page.Write($"{1234.5} {0.25:0.00} {7}");

        Assert.Equal("1234.5 0.25 7\n", page.ToString());
    }

    [Fact]
    public void Key_paths_may_break_after_points_and_underscores_and_are_escaped_too()
    {
        HtmlWriter page = new();

        page.Write($"{new Breakable("a/optimiser.weight_decay<'")}");

        Assert.Equal("a/<wbr/>optimiser.<wbr/>weight_<wbr/>decay&lt;&#39;\n", page.ToString());
    }

    [Theory]
    [InlineData("a\0b\u0007c", "a\uFFFDb\uFFFDc")]
    [InlineData("tab\tline\n", "tab\tline\n")]
    [InlineData("\u0085\uFFFE\uFFFF", "\uFFFD\uFFFD\uFFFD")]
    [InlineData(null, "")]
    public void Characters_that_may_not_stand_in_a_page_are_replaced(string? text, string encoded) => Assert.Equal(encoded, HtmlText.Encode(text));

    // not a row of the theory: attributes cannot hold half a character
    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\uFFFDb", HtmlText.Encode($"a{'\ud800'}b"));

    [Fact]
    public void Letters_of_all_languages_survive() =>
        Assert.Equal("\u732b \u0416 \u05d0 &#128049;", HtmlText.Encode("\u732b \u0416 \u05d0 \U0001F431"));
}
