using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Tests.Synth;

public sealed class NoiseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(101)]
    public void A_row_equals_the_scalar_form_bit_for_bit(int length)
    {
        SeededRandom random = new(length);
        float[] xs = [.. Enumerable.Range(0, length).Select(_ => (float)random.Uniform(-300, 300))];
        float[] ys = [.. Enumerable.Range(0, length).Select(_ => (float)random.Uniform(-300, 300))];
        float[] sums = new float[length];
        GradientNoise.AddRow(xs, ys, 0.7f, 3.5f, 99, 1.25f, sums);
        for (int i = 0; i < length; i++)
            Assert.Equal(GradientNoise.At(xs[i] * 0.7f + 3.5f, ys[i] * 0.7f + 3.5f, 99) * 1.25f, sums[i]);
    }

    [Fact]
    public void It_is_zero_on_the_lattice_and_continuous_between()
    {
        Assert.Equal(0f, GradientNoise.At(-3, 12, 5), 6);
        float step = 0;
        for (int i = 0; i < 4000; i++)
            step = Math.Max(step, Math.Abs(GradientNoise.At(i * 0.01f, 0.3f, 5) - GradientNoise.At((i + 1) * 0.01f, 0.3f, 5)));
        Assert.InRange(step, 0.001f, 0.04f); // the steepest slope of such noise is below 4 a cell
    }

    [Fact]
    public void A_fractal_stays_in_its_range_around_zero()
    {
        ScalarField field = new Fractal(new SeededRandom(3), 20, 5).Fill(200, 200);
        Assert.InRange(field.Values.Average(), -0.15f, 0.15f);
        Assert.InRange(field.Values.Max(), 0.35f, 1.6f);
        Assert.InRange(field.Values.Min(), -1.6f, -0.35f);
    }

    [Fact]
    public void A_fractal_is_the_same_at_a_point_as_in_a_field()
    {
        Fractal fractal = new(new SeededRandom(3), 13, 4, 0.4f, 3);
        ScalarField field = fractal.Fill(31, 17);
        Assert.Equal(field.Row(9)[22], fractal.At(new Vector2(22.5f, 9.5f)));
    }

    [Fact]
    public void Cells_know_their_nearest_point_as_a_wider_search_does()
    {
        Cells cells = new(new SeededRandom(8), 10);
        SeededRandom random = new(9);
        for (int i = 0; i < 200; i++)
        {
            (float first, float second, _) = cells.At(new Vector2((float)random.Uniform(-500, 500), (float)random.Uniform(-500, 500)));
            // in the cell of a point itself there is always one within its diagonal
            Assert.InRange(first, 0, MathF.Sqrt(2));
            Assert.True(second >= first);
        }
    }
}
