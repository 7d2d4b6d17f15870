using System.Numerics;

namespace Matting.Trainer.Synthesis.Drawing;

/// <summary>A shape given by its signed distance.</summary>
internal interface IShape
{
    /// <summary>Distance of a point from the outline in pixels, negative inside; about right near the outline is enough.</summary>
    float Distance(Vector2 point);
}

/// <summary>The signed distance of a shape at every pixel centre, and which way is out.</summary>
internal sealed class DistanceField
{
    private readonly ScalarField _distance;

    private DistanceField(ScalarField distance) => _distance = distance;

    public static DistanceField Of(IShape shape, int width, int height)
    {
        ScalarField plane = new(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<float> row = plane.Row(y);
            for (int x = 0; x < width; x++)
                row[x] = shape.Distance(new Vector2(x + 0.5f, y + 0.5f));
        }
        return new DistanceField(plane);
    }

    public float At(int x, int y) => _distance.Values[y * _distance.Width + x];

    public float At(Vector2 point) => _distance.At(point.X, point.Y);

    /// <summary>The unit vector away from the shape; zero where the field is flat.</summary>
    public Vector2 Outward(int x, int y)
    {
        int left = Math.Max(x - 1, 0), right = Math.Min(x + 1, _distance.Width - 1);
        int up = Math.Max(y - 1, 0), down = Math.Min(y + 1, _distance.Height - 1);
        Vector2 slope = new((At(right, y) - At(left, y)) / Math.Max(right - left, 1), (At(x, down) - At(x, up)) / Math.Max(down - up, 1));
        float length = slope.Length();
        return length > 1e-6f ? slope / length : Vector2.Zero;
    }

    public Vector2 Outward(Vector2 point) => Outward(
        Math.Clamp((int)point.X, 0, _distance.Width - 1), Math.Clamp((int)point.Y, 0, _distance.Height - 1));

    /// <summary>Share of the pixel that lies inside a straight edge at this distance: antialiasing without samples.</summary>
    public static float Coverage(float distance) => Math.Clamp(0.5f - distance, 0, 1);

    /// <summary>
    /// The normal of a body that is inflated from the outline: a quarter circle of the given radius
    /// at the edge, flat beyond it. z points to the viewer.
    /// </summary>
    public Vector3 InflatedNormal(int x, int y, float radius)
    {
        float slope = 1 - Math.Clamp(-At(x, y) / radius, 0, 1);
        Vector2 side = Outward(x, y) * slope;
        return new Vector3(side, MathF.Sqrt(Math.Max(0, 1 - side.LengthSquared())));
    }
}
