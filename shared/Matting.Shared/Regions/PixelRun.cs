namespace Matting.Shared.Regions;

/// <summary>Neighbouring pixels of one row that belong to a region, and the node of a union-find forest over such runs.</summary>
/// <remarks>A mutable struct of 20 bytes: a picture may have a run for every second pixel.</remarks>
internal struct PixelRun
{
    /// <summary>Index of the first pixel in the plane.</summary>
    public int Start;

    /// <summary>Index behind the last pixel; never beyond the end of the row.</summary>
    public int End;

    /// <summary>Another run of the same region, with a smaller number; a region's first run names itself.</summary>
    public int Parent;

    /// <summary>In a region's first run: the pixels of the whole region.</summary>
    public int Area;

    /// <summary>In a region's first run: the largest value in the whole region, if it was asked for.</summary>
    public float Peak;
}
