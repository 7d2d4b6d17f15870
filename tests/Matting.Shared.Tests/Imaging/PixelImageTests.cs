using Matting.Shared.Imaging;

namespace Matting.Shared.Tests.Imaging;

public class PixelImageTests
{
    [Fact]
    public void Rows_lie_one_after_the_other()
    {
        PixelImage image = new(3, 2, 3, [.. Enumerable.Range(0, 18).Select(i => (byte)i)]);
        Assert.Equal([9, 10, 11, 12, 13, 14, 15, 16, 17], image.Row(1).ToArray());
        Assert.Equal(9, image.Stride);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, -3, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(1, 1, 5)]
    [InlineData(50_000, 50_000, 3)]
    public void Sizes_that_make_no_picture_are_refused(int width, int height, int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelImage(width, height, channels));

    [Fact]
    public void Pixels_of_another_length_are_refused() =>
        Assert.Contains("12 bytes, got 11", Assert.Throws<ArgumentException>(() => new PixelImage(2, 2, 3, new byte[11])).Message, StringComparison.Ordinal);
}
