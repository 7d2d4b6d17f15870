namespace Matting.Trainer.Synthesis.Drawing;

/// <summary>One number a pixel, row by row.</summary>
internal sealed class ScalarField(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public float[] Values { get; } = new float[checked(width * height)];

    public Span<float> Row(int y) => Values.AsSpan(y * Width, Width);

    /// <summary>The value of the nearest pixel inside.</summary>
    public float At(float x, float y) =>
        Values[Math.Clamp((int)y, 0, Height - 1) * Width + Math.Clamp((int)x, 0, Width - 1)];
}
