namespace Matting.Benchmarks;

/// <summary>Alphas to measure with: an object with a soft border and half-tones, and a prediction that is a little off.</summary>
internal static class SomeAlpha
{
    /// <summary>A square plane, row by row.</summary>
    /// <param name="side">Width and height in pixels.</param>
    /// <param name="off">How far the alpha is from the true one, 0 for none of it.</param>
    public static float[] Of(int side, double off = 0)
    {
        float[] plane = new float[side * side];
        for (int i = 0; i < plane.Length; i++)
        {
            double x = (double)(i % side) / side, y = (double)(i / side) / side;
            double soft = ((0.3 - double.Hypot(x - 0.5, y - 0.5)) * 25) + (0.2 * Math.Sin(110 * x) * Math.Sin(140 * y));
            plane[i] = (float)Math.Clamp(Math.Clamp(soft + 0.5, 0, 1) + (off * (1 + Math.Sin((50 * x) + (70 * y)))), 0, 1);
        }
        return plane;
    }
}
