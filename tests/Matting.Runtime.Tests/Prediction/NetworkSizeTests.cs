namespace Matting.Runtime.Tests.Prediction;

public sealed class NetworkSizeTests
{
    [Theory]
    [InlineData(480, 640, 2048, 480, 640)]
    [InlineData(100, 101, 2048, 96, 96)]
    [InlineData(112, 113, 2048, 128, 128)]
    [InlineData(1, 1, 2048, 32, 32)]
    [InlineData(1, 5000, 2048, 32, 2048)]
    [InlineData(3000, 4000, 2048, 1536, 2048)]
    [InlineData(4000, 3000, 1024, 1024, 768)]
    [InlineData(2047, 100, 2047, 2016, 96)]
    [InlineData(50_000, 50_000, 32, 32, 32)]
    public void An_open_model_runs_at_multiples_of_32_near_the_picture_s_size(int height, int width, int longest, int networkHeight, int networkWidth) =>
        Assert.Equal(new NetworkSize(networkHeight, networkWidth), NetworkSize.ForPicture(height, width, longest));

    [Fact]
    public void Sizes_without_pixels_and_limits_below_one_step_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkSize.ForPicture(0, 10, 2048));
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkSize.ForPicture(10, 0, 2048));
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkSize.ForPicture(10, 10, 31));
    }

    [Fact]
    public void A_size_is_written_height_first() => Assert.Equal("512x768", new NetworkSize(512, 768).ToString());
}
