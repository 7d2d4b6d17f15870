using OpenCvSharp;

namespace Matting.Shared.Tests.Contracts;

/// <summary>What the code relies on in OpenCvSharp, over the package and over its stand-in.</summary>
public unsafe class OpenCvSharpContractTests
{
    [Fact]
    public void Matrices_work_on_the_memory_they_were_given()
    {
        byte[] source = [0, 100, 200, 40];
        byte[] target = new byte[16];
        fixed (byte* from = source, to = target)
        {
            using Mat sourceMat = Mat.FromPixelData(2, 2, MatType.CV_8UC1, (nint)from);
            using Mat targetMat = Mat.FromPixelData(4, 4, MatType.CV_8UC1, (nint)to);
            Cv2.Resize(sourceMat, targetMat, new Size(4, 4), 0, 0, InterpolationFlags.Nearest);
        }
        Assert.Equal([0, 0, 100, 100, 0, 0, 100, 100, 200, 200, 40, 40, 200, 200, 40, 40], target);
    }

    [Fact]
    public void A_step_skips_the_end_of_rows()
    {
        byte[] source = [1, 2, 99, 3, 4, 99];
        byte[] target = new byte[4];
        fixed (byte* from = source, to = target)
        {
            using Mat sourceMat = Mat.FromPixelData(2, 2, MatType.CV_8UC1, (nint)from, 3);
            using Mat targetMat = Mat.FromPixelData(2, 2, MatType.CV_8UC1, (nint)to);
            Cv2.Resize(sourceMat, targetMat, new Size(2, 2));
        }
        Assert.Equal([1, 2, 3, 4], target);
    }

    [Fact]
    public void Linear_is_the_default_and_mixes_neighbours_at_half_pixels()
    {
        byte[] source = [0, 200];
        byte[] target = new byte[4];
        fixed (byte* from = source, to = target)
        {
            using Mat sourceMat = Mat.FromPixelData(1, 2, MatType.CV_8UC1, (nint)from);
            using Mat targetMat = Mat.FromPixelData(1, 4, MatType.CV_8UC1, (nint)to);
            Cv2.Resize(sourceMat, targetMat, new Size(4, 1));
        }
        Assert.Equal([0, 50, 150, 200], target);
    }

    [Fact]
    public void An_impossible_size_is_an_OpenCVException_that_says_why()
    {
        byte[] pixels = new byte[4];
        fixed (byte* at = pixels)
        {
            using Mat mat = Mat.FromPixelData(2, 2, MatType.CV_8UC1, (nint)at);
            OpenCVException failure = Assert.Throws<OpenCVException>(() => Cv2.Resize(mat, mat, new Size(0, 0)));
            Assert.Equal(ErrorCode.StsAssert, failure.Status);
            Assert.NotEmpty(failure.ErrMsg);
            Assert.Equal(failure.ErrMsg, failure.Message);
            Assert.NotEmpty(failure.FileName);
            Assert.NotEmpty(failure.FuncName);
            Assert.InRange(failure.Line, 1, int.MaxValue);
        }
    }

    [Fact]
    public void A_disposed_matrix_is_refused_and_may_be_disposed_again()
    {
        byte[] pixels = new byte[4];
        fixed (byte* at = pixels)
        {
            using Mat other = Mat.FromPixelData(2, 2, MatType.CV_8UC1, (nint)at);
            Mat mat = Mat.FromPixelData(2, 2, MatType.CV_8UC1, (nint)at);
            Assert.False(mat.IsDisposed);
            mat.Dispose();
            mat.Dispose();
            Assert.True(mat.IsDisposed);
            Assert.Throws<ObjectDisposedException>(() => Cv2.Resize(mat, other, new Size(2, 2)));
            Assert.Throws<ObjectDisposedException>(mat.ThrowIfDisposed);
        }
    }

    [Fact]
    public void Missing_arrays_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Cv2.Resize((InputArray)null!, (OutputArray)null!, new Size(1, 1)));
    }

    [Fact]
    public void Types_and_sizes_are_values()
    {
        Assert.Equal((0, 16, 24), (MatType.CV_8UC1.Value, MatType.CV_8UC3.Value, MatType.CV_8UC4.Value));
        Assert.Equal("CV_8UC3", MatType.CV_8UC3.ToString());
        Assert.Equal(new Size(3, 4), new Size { Width = 3, Height = 4 });
        Assert.Equal((0, 1), ((int)InterpolationFlags.Nearest, (int)InterpolationFlags.Linear));
    }
}
