using Matting.Trainer.Preparation;

namespace Matting.Trainer.Tests.Preparation;

public sealed class LightBackgroundTests
{
    [Fact]
    public void All_three_kinds_come_equally_often_and_cover_their_ranges()
    {
        LightBackground[] drawn = [.. Enumerable.Range(0, 3000).Select(i => LightBackground.Draw(42, $"folder/{i}.png", 0))];
        LightBackground[] white = [.. drawn.Where(one => one == new LightBackground(255, 255))];
        LightBackground[] flat = [.. drawn.Where(one => one.Top == one.Bottom && one.Top <= 250)];
        LightBackground[] others = [.. drawn.Except(white).Except(flat)];
        // three standard deviations of a third of 3000 draws are 78; a sixteenth of the gradients is flat by chance
        Assert.InRange(white.Length, 900, 1100);
        Assert.InRange(flat.Length, 900, 1150);
        Assert.Equal((235, 250), (flat.Min(one => one.Top), flat.Max(one => one.Top)));
        Assert.All(others, one => Assert.InRange(one.Top, 245, 255));
        Assert.All(others, one => Assert.InRange(one.Bottom, 235, 250));
        Assert.Equal((245, 255, 235, 250), (others.Min(one => one.Top), others.Max(one => one.Top), others.Min(one => one.Bottom), others.Max(one => one.Bottom)));
    }

    [Fact]
    public void The_first_three_of_a_cutout_differ_in_kind_and_white_comes_once()
    {
        for (int cutout = 0; cutout < 50; cutout++)
        {
            LightBackground[] drawn = [.. Enumerable.Range(0, 9).Select(number => LightBackground.Draw(1, $"{cutout}.png", number))];
            Assert.Single(drawn, one => one == new LightBackground(255, 255));
            Assert.Contains(new LightBackground(255, 255), drawn[..3]);
            Assert.Contains(drawn[..3], one => one.Top == one.Bottom && one.Top <= 250);
        }
    }

    [Fact]
    public void A_draw_depends_on_seed_name_and_number()
    {
        string[] Draws(long seed, string name) => [.. Enumerable.Range(0, 8).Select(number => LightBackground.Draw(seed, name, number).ToString())];
        Assert.Equal(Draws(42, "a.png"), Draws(42, "a.png"));
        Assert.NotEqual(Draws(42, "a.png"), Draws(43, "a.png"));
        Assert.NotEqual(Draws(42, "a.png"), Draws(42, "b.png"));
    }

    [Theory]
    [InlineData(250, 240, 5, new byte[] { 250, 248, 245, 243, 240 })]
    [InlineData(245, 250, 3, new byte[] { 245, 248, 250 })]
    [InlineData(255, 235, 1, new byte[] { 255 })]
    [InlineData(240, 240, 4, new byte[] { 240, 240, 240, 240 })]
    public void Rows_run_from_top_to_bottom_with_halves_rounded_up(byte top, byte bottom, int height, byte[] expected) =>
        Assert.Equal(expected, Enumerable.Range(0, height).Select(y => new LightBackground(top, bottom).LevelAt(y, height)));
}
