using System.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Objects;

namespace Matting.Trainer.Tests.Synth;

public sealed class DrawingTests
{
    [Theory]
    [InlineData(0.4f)]
    [InlineData(1f)]
    [InlineData(3.7f)]
    public void A_blurred_point_keeps_its_sum_and_gets_the_variance_of_the_gaussian(float sigma)
    {
        Canvas canvas = new(61, 61);
        canvas.Row(30)[30] = Vector4.One;
        Blur.Gaussian(canvas, sigma);
        double sum = 0, variance = 0;
        for (int y = 0; y < 61; y++)
        {
            for (int x = 0; x < 61; x++)
            {
                double value = canvas.Row(y)[x].W;
                sum += value;
                variance += value * (x - 30) * (x - 30);
            }
        }
        Assert.Equal(1, sum, 4); // running sums in float
        Assert.InRange(variance / (sigma * sigma), 0.98, 1.02); // exact by design, up to float sums
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(2f)]
    [InlineData(50f)]
    public void An_even_canvas_stays_even_up_to_its_border(float sigma)
    {
        Canvas canvas = new(23, 9);
        canvas.Fill((_, _) => new Vector3(0.25f, 0.5f, 0.75f));
        Blur.Gaussian(canvas, sigma);
        Assert.All(canvas.Pixels, pixel => Assert.True(Vector4.Distance(pixel, new Vector4(0.25f, 0.5f, 0.75f, 1)) < 1e-4f));
    }

    [Fact]
    public void Motion_spreads_along_its_way_only()
    {
        Canvas canvas = new(41, 11);
        canvas.Row(5)[20] = Vector4.One;
        Blur.Motion(canvas, new Vector2(10, 0));
        Assert.InRange(canvas.Row(5).ToArray().Count(pixel => pixel.W > 0.01f), 9, 13);
        Assert.Equal(0, canvas.Row(4)[20].W);
        Assert.Equal(1, canvas.Row(5).ToArray().Sum(pixel => pixel.W), 3); // the way lies inside the picture
    }

    [Fact]
    public void Covering_follows_the_matting_equation()
    {
        Canvas canvas = new(1, 1), top = new(1, 1);
        canvas.Fill((_, _) => new Vector3(0.2f, 0.4f, 0.6f));
        top.Cover(0, new Vector3(1, 0, 0.5f), 0.25f);
        canvas.Cover(top);
        // αF + (1 − α)B with α = ¼
        Assert.True(Vector4.Distance(canvas.Pixels[0], new Vector4(0.4f, 0.3f, 0.575f, 1)) < 1e-6f);
    }

    [Theory]
    [InlineData(1f, 0.5)]
    [InlineData(4f, 0.05)]
    [InlineData(0.5f, 0.6)]
    public void A_strand_covers_its_area(float width, double tolerance)
    {
        Canvas canvas = new(60, 20);
        new StrandPainter(canvas).Paint(new Strand
        {
            Root = new Vector2(10, 10), Bend = new Vector2(30, 10), Tip = new Vector2(50, 10), Width = width,
            RootColour = Vector3.One, TipColour = Vector3.One, Profile = StrandProfile.Wire,
        });
        double area = canvas.Pixels.Sum(pixel => pixel.W);
        // 40 long with round ends; below one pixel the density carries what the width cannot
        Assert.InRange(area, 40 * width * (1 - tolerance), 40 * width * (1 + tolerance) + 4 * width * width + 2);
        Assert.All(canvas.Pixels, pixel => Assert.InRange(pixel.W, 0, Math.Min(1, width) + 1e-6f));
    }

    [Fact]
    public void A_painter_leaves_nothing_behind_for_the_next_strand()
    {
        Strand strand = new()
        {
            Root = new Vector2(3, 3), Bend = new Vector2(9, 12), Tip = new Vector2(18, 5), Width = 2,
            RootColour = Vector3.One, TipColour = Vector3.UnitX,
        };
        Canvas once = new(20, 20), second = new(20, 20);
        new StrandPainter(once).Paint(strand);
        StrandPainter painter = new(second);
        painter.Paint(strand);
        Array.Clear(second.Pixels);
        painter.Paint(strand);
        Assert.Equal(once.Pixels, second.Pixels);
    }

    [Fact]
    public void A_disc_covers_its_area_and_points_outward()
    {
        DistanceField disc = DistanceField.Of(new BlobShape([new Vector3(20, 20, 10)], 1), 40, 40);
        double area = 0;
        for (int y = 0; y < 40; y++)
        {
            for (int x = 0; x < 40; x++)
                area += DistanceField.Coverage(disc.At(x, y));
        }
        Assert.InRange(area / (Math.PI * 100), 0.99, 1.01); // coverage of a curved edge by a straight one
        Assert.True(disc.Outward(28, 20).X > 0.99f);
        Assert.True(disc.InflatedNormal(20, 20, 10).Z > 0.9f);
        Assert.True(disc.InflatedNormal(29, 20, 10).X > 0.8f);
    }
}
