using Matting.CommandLine;
using Matting.Testing;

namespace Matting.Shared.Tests.CommandLine;

public sealed class ProgressLineTests
{
    private static readonly TerminalStyle Colourless = new() { Overwrites = true, Colours = false, Width = 60 };

    [Fact]
    public void Label_share_rate_and_remaining_time_are_shown()
    {
        using StringWriter stderr = new();
        HandClock clock = new();
        using ProgressLine progress = new("synth", 40, "img", stderr, Colourless, clock);
        clock.Pass(TimeSpan.FromSeconds(2));
        progress.Advance(10, "hair");
        Assert.Equal("\r\u001b[Ksynth  10/40  25 %  5.0 img/s  6.0 s left  hair", stderr.ToString());
    }

    [Fact]
    public void Nothing_is_written_where_nobody_watches()
    {
        using StringWriter stderr = new();
        using StringWriter stdout = new();
        using (ProgressLine progress = new("synth", 2, "img", stderr, TerminalStyle.Silent, new HandClock()))
        {
            progress.Advance();
            progress.WriteLine(stdout, "a line");
            progress.Advance();
            Assert.Equal(2, progress.Done);
        }
        Assert.Empty(stderr.ToString());
        Assert.Equal("a line" + Environment.NewLine, stdout.ToString());
    }

    [Fact]
    public void It_is_redrawn_at_most_ten_times_a_second_but_always_at_the_end()
    {
        using StringWriter stderr = new();
        HandClock clock = new();
        using ProgressLine progress = new("x", 1000, "img", stderr, Colourless, clock);
        for (int i = 0; i < 1000; i++)
        {
            clock.Pass(TimeSpan.FromMilliseconds(1));
            progress.Advance();
        }
        int draws = stderr.ToString().Split('\r').Length - 1;
        Assert.InRange(draws, 9, 12);
        Assert.Contains("1000/1000  100 %", stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_line_takes_the_progress_away_and_brings_it_back()
    {
        using StringWriter terminal = new();
        using ProgressLine progress = new("epoch 1/2", 3, "img", terminal, Colourless, new HandClock());
        progress.Advance();
        terminal.GetStringBuilder().Clear();
        progress.WriteLine(terminal, "val 0.01");
        Assert.Equal($"\r\u001b[Kval 0.01{Environment.NewLine}\r\u001b[Kepoch 1/2  1/3  33 %", terminal.ToString());
    }

    [Fact]
    public void It_disappears_when_disposed_and_only_once()
    {
        using StringWriter stderr = new();
        ProgressLine progress = new("x", 3, "img", stderr, Colourless, new HandClock());
        progress.Advance();
        stderr.GetStringBuilder().Clear();
        progress.Dispose();
        progress.Dispose();
        Assert.Equal("\r\u001b[K", stderr.ToString());
    }

    [Fact]
    public void A_long_line_is_cut_before_it_wraps()
    {
        using StringWriter stderr = new();
        using ProgressLine progress = new(new string('a', 200), 3, "img", stderr, Colourless, new HandClock());
        progress.Advance();
        Assert.Equal("\r\u001b[K".Length + 59, stderr.ToString().Length);
    }

    [Fact]
    public void An_unknown_total_shows_neither_share_nor_remaining_time()
    {
        using StringWriter stderr = new();
        HandClock clock = new();
        using ProgressLine progress = new("scan", 0, "img", stderr, Colourless, clock);
        clock.Pass(TimeSpan.FromSeconds(1));
        progress.Advance(7);
        Assert.Equal("\r\u001b[Kscan  7  7.0 img/s", stderr.ToString());
    }

    [Fact]
    public void Counting_from_many_threads_loses_nothing()
    {
        using ProgressLine progress = new("x", 10_000, "img", TextWriter.Null, TerminalStyle.Silent, TimeProvider.System);
        Parallel.For(0, 10_000, _ => progress.Advance());
        Assert.Equal(10_000, progress.Done);
    }

    [Theory]
    [InlineData(true, null, "xterm", false, false)]
    [InlineData(false, null, "dumb", false, false)]
    [InlineData(false, null, "xterm", true, true)]
    [InlineData(false, "", "xterm", true, true)]
    [InlineData(false, "1", "xterm", true, false)]
    [InlineData(false, "1", null, true, false)]
    public void Redirection_NO_COLOR_and_TERM_decide_the_style(bool redirected, string? noColour, string? terminal, bool overwrites, bool colours)
    {
        TerminalStyle style = TerminalStyle.From(redirected, noColour, terminal, () => 100);
        Assert.Equal((overwrites, colours), (style.Overwrites, style.Colours));
    }

    [Theory]
    [InlineData(132, 132)]
    [InlineData(12, 12)]
    [InlineData(1, 2)]
    [InlineData(0, 80)]
    public void A_terminal_that_does_not_know_its_width_has_the_usual_one(int told, int width)
    {
        Assert.Equal(width, TerminalStyle.From(redirected: false, null, "xterm", () => told).Width);
    }

    [Fact]
    public void A_terminal_that_becomes_narrower_gets_a_shorter_line()
    {
        using StringWriter stderr = new();
        int columns = 30;
        TerminalStyle style = TerminalStyle.From(redirected: false, "1", "xterm", () => columns);
        using StatusLine line = new(stderr, style, new HandClock());
        line.Show(width => new string('a', width), atOnce: true);
        columns = 10;
        line.Show(_ => new string('b', 50), atOnce: true);
        Assert.Equal($"\r\u001b[K{new string('a', 29)}\r\u001b[K{new string('b', 9)}", stderr.ToString());
    }

    [Fact]
    public void Colour_is_used_where_it_may_be()
    {
        using StringWriter stderr = new();
        using ProgressLine progress = new("x", 3, "img", stderr, Colourless with { Colours = true }, new HandClock());
        progress.Advance();
        Assert.Equal("\r\u001b[K\u001b[2mx  1/3  33 %\u001b[0m", stderr.ToString());
    }
}
