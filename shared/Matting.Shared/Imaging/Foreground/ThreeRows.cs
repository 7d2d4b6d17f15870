namespace Matting.Shared.Imaging.Foreground;

/// <summary>A row of a plane between its neighbours; at the border of a picture the row itself stands for the missing one.</summary>
internal readonly ref struct ThreeRows(ReadOnlySpan<float> up, Span<float> row, ReadOnlySpan<float> down)
{
    public ReadOnlySpan<float> Up { get; } = up;

    public Span<float> Row { get; } = row;

    public ReadOnlySpan<float> Down { get; } = down;
}
