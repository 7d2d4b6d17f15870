using Matting.Shared.Onnx;

namespace Matting.Shared.Tests.Onnx;

public sealed class DimensionTests
{
    [Theory]
    [InlineData(2, 2, 0, true)]
    [InlineData(2, 2, 0, false)]
    [InlineData(3, 2, 1, true)]
    [InlineData(3, 1, 1, false)]
    [InlineData(7, 2, 3, false)]
    [InlineData(5, 1, 0, false)]
    [InlineData(3, 3, 0, true)]
    public void Windows_are_counted_as_if_they_were_placed(int extent, int stride, int padding, bool ceil)
    {
        for (int size = Math.Max(1, extent - 2 * padding); size < 40; size++)
        {
            int placed = 0;
            while (placed * stride + extent <= size + 2 * padding)
                placed++;
            // in ceil mode one more window counts when pixels are left over
            if (ceil && (placed - 1) * stride + extent < size + 2 * padding)
                placed++;
            Assert.Equal(placed, Dimension.Of(size).Windows(extent, stride, padding, ceil).Size);
        }
    }

    [Fact]
    public void Halving_again_and_again_stays_one_expression()
    {
        Dimension size = Dimension.Of("H");
        Assert.Null(size.Size);
        Assert.Equal("H", size.ToString());
        Assert.Equal(size, size.Windows(3, 1, 1, ceil: false));
        Dimension half = size.Windows(2, 2, 0, ceil: true);
        Assert.Equal("ceil(H/2)", half.ToString());
        Assert.Equal(half, size.Windows(7, 2, 3, ceil: false));
        Assert.Equal("ceil(H/4)", half.Windows(3, 2, 1, ceil: false).ToString());
    }

    [Fact]
    public void Other_steps_are_written_out()
    {
        Dimension size = Dimension.Of("W");
        Assert.Equal("floor((W)/2)", size.Windows(2, 2, 0, ceil: false).ToString());
        Assert.Equal("(W-2)", size.Windows(3, 1, 0, ceil: false).ToString());
        Assert.Equal("2*W", size.Times(2).ToString());
        Assert.Equal("W", size.Times(1).ToString());
        Assert.NotEqual(size.Times(2).Windows(2, 2, 0, ceil: true), size);
        Assert.Equal(60, Dimension.Of(20).Times(3).Size);
    }
}
