using System.Numerics;

namespace Matting.Trainer.Synthesis.Drawing;

/// <summary>How the width of a strand runs from its root to its tip.</summary>
internal enum StrandProfile
{
    /// <summary>Full at the root, nothing at the tip: hair, grass, barbs.</summary>
    Taper,

    /// <summary>Nothing at both ends, full a little below the middle: leaflets, petals.</summary>
    Leaf,

    /// <summary>The same everywhere: wires, spokes, stems.</summary>
    Wire,
}

/// <summary>A thin thing along a quadratic Bézier curve.</summary>
internal readonly record struct Strand
{
    /// <summary>Where it grows from, in pixels.</summary>
    public required Vector2 Root { get; init; }

    /// <summary>The control point of the curve.</summary>
    public required Vector2 Bend { get; init; }

    /// <summary>Where it ends.</summary>
    public required Vector2 Tip { get; init; }

    /// <summary>Largest width in pixels; below one pixel a strand gets fainter instead of thinner.</summary>
    public required float Width { get; init; }

    /// <summary>Colour at the root, linear and lit.</summary>
    public required Vector3 RootColour { get; init; }

    /// <summary>Colour at the tip.</summary>
    public required Vector3 TipColour { get; init; }

    /// <summary>How dense the strand is, 0..1.</summary>
    public float Opacity { get; init; }

    public StrandProfile Profile { get; init; }

    /// <summary>Brightness added on one side and taken from the other (-1..1): makes it round.</summary>
    public float SideLight { get; init; }

    public Strand()
    {
        Opacity = 1;
        Profile = StrandProfile.Taper;
        SideLight = 0;
    }

    public Vector2 PointAt(float t) => Exact.Mix(Exact.Mix(Root, Bend, t), Exact.Mix(Bend, Tip, t), t);

    public float WidthAt(float t) => Profile switch
    {
        StrandProfile.Taper => Width * (1 - t * t * 0.92f),
        // a skewed arch that is 1 at t = 0.42
        StrandProfile.Leaf => Width * MathF.Sqrt(Math.Max(0, t * (1 - t) * 4)) * (1.08f - 0.35f * MathF.Abs(t - 0.42f)),
        _ => Width,
    };
}
