using Matting.Shared.Imaging;
using Matting.Trainer.Synthesis;

namespace Matting.Trainer.Tests.Synth;

public sealed class SyntheticPictureTests
{
    private static readonly int FamilyCount = SyntheticPicture.Families.Count;

    [Fact]
    public void The_same_key_gives_the_same_bytes_on_any_thread_in_any_order()
    {
        SyntheticPicture[] inOrder = [.. Enumerable.Range(0, FamilyCount).Select(i => SyntheticPicture.Create(5, 0, i, 48, 64))];
        SyntheticPicture[] parallel = new SyntheticPicture[FamilyCount];
        Parallel.For(0, FamilyCount, i =>
        {
            int index = FamilyCount - 1 - i;
            parallel[index] = SyntheticPicture.Create(5, 0, index, 48, 64);
        });
        for (int i = 0; i < FamilyCount; i++)
        {
            Assert.Equal(inOrder[i].Image.Pixels, parallel[i].Image.Pixels);
            Assert.Equal(inOrder[i].Alpha.Pixels, parallel[i].Alpha.Pixels);
            Assert.Equal(inOrder[i].Family, parallel[i].Family);
        }
    }

    [Theory]
    [InlineData(6, 0, 3)]
    [InlineData(5, 1, 3)]
    [InlineData(5, 0, 4)]
    public void Another_seed_stream_or_index_is_another_picture(long seed, long stream, long index)
    {
        SyntheticPicture one = SyntheticPicture.Create(5, 0, 3, 48, 48), other = SyntheticPicture.Create(seed, stream, index, 48, 48);
        Assert.NotEqual(one.Image.Pixels, other.Image.Pixels);
        Assert.NotEqual(one.Alpha.Pixels, other.Alpha.Pixels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Every_run_of_pictures_has_every_family_once(int run)
    {
        IEnumerable<string> families = Enumerable.Range(run * FamilyCount, FamilyCount).Select(i => SyntheticPicture.Create(3, 0, i, 16, 16).Family);
        Assert.Equal(SyntheticPicture.Families.Order(), families.Order());
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(17, 61)]
    [InlineData(150, 90)]
    public void Every_family_shows_something_and_leaves_background_at_any_size(int height, int width)
    {
        for (int i = 0; i < 2 * FamilyCount; i++)
        {
            SyntheticPicture picture = SyntheticPicture.Create(11, 0, i, height, width);
            Assert.Equal((width, height, 3), (picture.Image.Width, picture.Image.Height, picture.Image.Channels));
            Assert.Equal((width, height, 1), (picture.Alpha.Width, picture.Alpha.Height, picture.Alpha.Channels));
            double mean = picture.Alpha.Pixels.Average(level => level / 255.0);
            Assert.True(mean is > 0.004 and < 0.9, $"{picture.Family} at {height}x{width}, index {i}: mean alpha {mean:0.000}");
            Assert.True(picture.Alpha.Pixels.Min() < 26, $"{picture.Family}, index {i}: nowhere background");
        }
    }

    [Fact]
    public void Every_family_has_soft_alpha()
    {
        Dictionary<string, (double Soft, double Seen)> shares = SyntheticPicture.Families.ToDictionary(name => name, _ => (0.0, 0.0));
        for (int i = 0; i < 6 * FamilyCount; i++)
        {
            SyntheticPicture picture = SyntheticPicture.Create(2, 0, i, 96, 96);
            (double soft, double seen) = shares[picture.Family];
            soft += picture.Alpha.Pixels.Count(level => level is > 12 and < 243);
            seen += picture.Alpha.Pixels.Count(level => level > 0);
            shares[picture.Family] = (soft, seen);
        }
        // antialiased edges alone would give the compact shapes (leaf, rings) about a twentieth
        foreach ((string family, (double soft, double seen)) in shares)
            Assert.True(soft > 0.05 * seen, $"{family}: {soft / seen:0.000}");
        foreach (string translucent in (string[])["glass", "smoke", "veil", "bubbles"])
            Assert.True(shares[translucent].Soft > 0.5 * shares[translucent].Seen, translucent);
        Assert.True(shares.Values.Sum(share => share.Soft) > 0.25 * shares.Values.Sum(share => share.Seen));
    }

    [Fact]
    public void Pictures_use_the_range_of_levels_and_are_not_grey()
    {
        SyntheticPicture[] pictures = [.. Enumerable.Range(0, FamilyCount).Select(i => SyntheticPicture.Create(4, 0, i, 64, 64))];
        Assert.True(pictures.Min(picture => picture.Image.Pixels.Min()) < 16);
        Assert.True(pictures.Max(picture => picture.Image.Pixels.Max()) > 240);
        Assert.True(pictures.Count(picture => MeanChroma(picture.Image) > 8) > FamilyCount / 2);
    }

    [Theory]
    [InlineData(15, 64)]
    [InlineData(64, 8193)]
    [InlineData(0, 64)]
    public void A_size_out_of_range_is_refused(int height, int width)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticPicture.Create(1, 0, 0, height, width));
    }

    [Fact]
    public void A_negative_index_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticPicture.Create(1, 0, -1, 64, 64));
    }

    private static double MeanChroma(PixelImage rgb) =>
        rgb.Pixels.Chunk(3).Average(pixel => pixel.Max() - pixel.Min());
}
