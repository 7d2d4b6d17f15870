using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class OpenCvResizeTests
{
    // Made with cv2 4.6; OpenCV's own variants (vector code, IPP) round the last level differently.
    [Theory]
    [InlineData(31, 40)]
    [InlineData(9, 6)]
    [InlineData(23, 5)]
    public void Both_resizes_equal_those_of_python_s_cv2(int width, int height)
    {
        PixelImage rgb = Fixtures.Expected("rgb8.png");
        PixelImage grey = SomePixels.Take(Fixtures.Expected("grey8.png"), 1);
        int tolerance = Fixtures.OverStandIns ? 0 : 1;
        SomePixels.AssertNear(Expected("linear", "rgb", width, height), OpenCvResize.Bilinear(rgb, width, height), tolerance, "linear");
        SomePixels.AssertNear(Expected("linear", "grey", width, height), OpenCvResize.Bilinear(grey, width, height), tolerance, "linear");
        SomePixels.AssertEqual(Expected("nearest", "rgb", width, height), OpenCvResize.Nearest(rgb, width, height), "nearest");
        SomePixels.AssertEqual(Expected("nearest", "grey", width, height), OpenCvResize.Nearest(grey, width, height), "nearest");
    }

    [Fact]
    public void Nearest_invents_no_level()
    {
        PixelImage mask = new(64, 48, 1);
        for (int i = 0; i < mask.Pixels.Length; i++)
            mask.Pixels[i] = (byte)(i % 3 == 0 ? 255 : i % 2);
        Assert.Subset(new HashSet<byte> { 0, 1, 255 }, OpenCvResize.Nearest(mask, 101, 17).Pixels.Distinct().ToHashSet());
    }

    [Fact]
    public void The_same_size_gives_a_copy()
    {
        foreach (int channels in (int[])[1, 3, 4])
        {
            PixelImage image = SomePixels.Noise(12, 7, channels);
            SomePixels.AssertEqual(image, OpenCvResize.Bilinear(image, 12, 7));
            SomePixels.AssertEqual(image, OpenCvResize.Nearest(image, 12, 7));
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, -1)]
    public void Sizes_that_make_no_picture_are_refused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OpenCvResize.Bilinear(SomePixels.Noise(4, 4, 3), width, height));

    private static PixelImage Expected(string kind, string colours, int width, int height) =>
        SomePixels.FromNpy(Npy.Read(Fixtures.PathOf($"opencv_{kind}_{colours}_{width}x{height}.npy")));
}
