using FsCheck;
using FsCheck.Fluent;

namespace Matting.Shared.Tests.Regions;

/// <summary>A plane of numbers with its width.</summary>
public sealed record Plane(float[] Values, int Width)
{
    public int Height => Values.Length / Width;

    public override string ToString() => $"{Width}x{Height}: {string.Join(' ', Values)}";
}

/// <summary>Generators of planes, most with few different values so that regions and ties come about.</summary>
internal static class SomePlanes
{
    /// <summary>Values in 0..1.</summary>
    public static Gen<Plane> Alpha { get; } = Of(Gen.OneOf(
        Gen.Elements(0f, 0f, 0.04f, 0.05f, 0.06f, 0.2f, 0.3f, 1f), Gen.Choose(0, 255).Select(level => level / 255f)));

    /// <summary>Values in 0..1 and what should not be there.</summary>
    public static Gen<Plane> Hostile { get; } = Of(Gen.OneOf(
        Gen.Elements(0f, 0.1f, 0.5f, 1f), Gen.Elements(float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1f, 2f, float.MaxValue, float.Epsilon)));

    public static Plane Random(int width, int height, int seed, double density = 0.5)
    {
        Random random = new(seed);
        return new Plane([.. Enumerable.Range(0, width * height).Select(_ => random.NextDouble() < density ? 0.05f + (random.NextSingle() * 0.95f) : 0f)], width);
    }

    // widths around the 64 values of one comparison too
    private static Gen<Plane> Of(Gen<float> value) =>
        from width in Gen.OneOf(Gen.Choose(1, 12), Gen.Choose(60, 70))
        from height in Gen.Choose(1, 9)
        from values in value.ArrayOf(width * height)
        select new Plane(values, width);
}
