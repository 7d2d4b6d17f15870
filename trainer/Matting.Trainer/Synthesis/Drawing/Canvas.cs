using System.Numerics;

namespace Matting.Trainer.Synthesis.Drawing;

/// <summary>
/// A layer of light: linear RGB premultiplied by alpha, and alpha, in the four lanes of one vector
/// a pixel. Premultiplied, blurring and covering are plain sums that are right at soft edges.
/// </summary>
internal sealed class Canvas(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>The shorter side: what sizes in a scene are measured by.</summary>
    public float Unit { get; } = Math.Min(width, height);

    public Vector4[] Pixels { get; } = new Vector4[checked(width * height)];

    public Span<Vector4> Row(int y) => Pixels.AsSpan(y * Width, Width);

    /// <summary>Covers a pixel with a colour (linear, not premultiplied) at the given alpha.</summary>
    public void Cover(int index, Vector3 colour, float alpha) =>
        Pixels[index] = Pixels[index] * (1 - alpha) + new Vector4(colour * alpha, alpha);

    /// <summary>Lays another canvas of the same size over this one.</summary>
    public void Cover(Canvas top)
    {
        for (int i = 0; i < Pixels.Length; i++)
            Pixels[i] = top.Pixels[i] + Pixels[i] * (1 - top.Pixels[i].W);
    }

    /// <summary>Fills every pixel with an opaque colour that depends on its place.</summary>
    /// <param name="colour">Linear colour at pixel (x, y).</param>
    public void Fill(Func<int, int, Vector3> colour)
    {
        for (int y = 0; y < Height; y++)
        {
            Span<Vector4> row = Row(y);
            for (int x = 0; x < row.Length; x++)
                row[x] = new Vector4(colour(x, y), 1);
        }
    }

    /// <summary>Mean colour (premultiplied, so of the whole area).</summary>
    public Vector3 Mean()
    {
        Vector4 sum = Vector4.Zero;
        for (int y = 0; y < Height; y++)
        {
            Vector4 rowSum = Vector4.Zero; // by rows: a float sum over millions of pixels would lose digits
            foreach (Vector4 pixel in Row(y))
                rowSum += pixel;
            sum += rowSum / Width;
        }
        return sum.AsVector3() / Height;
    }
}
