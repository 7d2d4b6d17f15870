using OpenCvSharp;

namespace Matting.Shared.Tests.Contracts;

/// <summary>What the code relies on in OpenCvSharp's blur and threads, over the package and over its stand-in.</summary>
public unsafe class OpenCvBlurContractTests
{
    [Fact]
    public void A_blur_writes_floats_into_the_memory_it_was_given()
    {
        float[] source = [0, 0, 1, 0, 0], target = new float[5];
        fixed (float* from = source, to = target)
        {
            using Mat sourceMat = Mat.FromPixelData(1, 5, MatType.CV_32FC1, (nint)from);
            using Mat targetMat = Mat.FromPixelData(1, 5, MatType.CV_32FC1, (nint)to);
            Cv2.GaussianBlur(sourceMat, targetMat, new Size(3, 1), 1);
        }
        // exp(-1/2) and 1 over their sum
        double[] expected = [0, 0.27406862, 0.45186276, 0.27406862, 0];
        for (int i = 0; i < 5; i++)
            Assert.Equal(expected[i], target[i], 1e-6);
    }

    [Fact]
    public void A_size_of_zero_follows_from_sigma_and_borders_mirror_without_the_edge()
    {
        float[] source = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], defaults = new float[10], named = new float[10];
        fixed (float* from = source, one = defaults, two = named)
        {
            using Mat sourceMat = Mat.FromPixelData(1, 10, MatType.CV_32FC1, (nint)from);
            using Mat first = Mat.FromPixelData(1, 10, MatType.CV_32FC1, (nint)one);
            using Mat second = Mat.FromPixelData(1, 10, MatType.CV_32FC1, (nint)two);
            Cv2.GaussianBlur(sourceMat, first, new Size(0, 0), 0.6);
            Cv2.GaussianBlur(sourceMat, second, new Size(7, 7), 0.6, 0.6, BorderTypes.Reflect101);
        }
        Assert.Equal(named, defaults);
        Assert.True(defaults[3] > 0);
        Assert.Equal(0, defaults[4]);
    }

    [Fact]
    public void An_even_size_is_an_OpenCVException()
    {
        float[] plane = new float[4];
        fixed (float* at = plane)
        {
            using Mat mat = Mat.FromPixelData(2, 2, MatType.CV_32FC1, (nint)at);
            Assert.Equal(ErrorCode.StsAssert, Assert.Throws<OpenCVException>(() => Cv2.GaussianBlur(mat, mat, new Size(2, 2), 1)).Status);
        }
    }

    [Fact]
    public void Missing_arrays_are_refused() =>
        Assert.Throws<ArgumentNullException>(() => Cv2.GaussianBlur((InputArray)null!, (OutputArray)null!, new Size(1, 1), 1));

    [Fact]
    public void Threads_can_be_switched_off()
    {
        Cv2.SetNumThreads(1);
        Assert.Equal(1, Cv2.GetNumThreads());
    }

    [Fact]
    public void Types_and_borders_have_the_numbers_of_OpenCV()
    {
        Assert.Equal((5, "CV_32FC1"), (MatType.CV_32FC1.Value, MatType.CV_32FC1.ToString()));
        Assert.Equal((4, 4), ((int)BorderTypes.Reflect101, (int)BorderTypes.Default));
    }
}
