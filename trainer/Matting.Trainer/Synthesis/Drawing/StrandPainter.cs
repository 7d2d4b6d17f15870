using System.Numerics;

namespace Matting.Trainer.Synthesis.Drawing;

/// <summary>
/// Draws strands with exact edges. The coverage of one strand is gathered first (its segments
/// overlap), then laid over the canvas; the scratch memory belongs to the painter.
/// </summary>
internal sealed class StrandPainter
{
    private const float SegmentPx = 1.6f;
    private const int MostSegments = 96;

    private readonly Canvas _canvas;
    private readonly float[] _coverage;
    private readonly float[] _along;
    private readonly float[] _side;
    private readonly List<int> _touched = [];

    public StrandPainter(Canvas canvas)
    {
        _canvas = canvas;
        _coverage = new float[canvas.Pixels.Length];
        _along = new float[canvas.Pixels.Length];
        _side = new float[canvas.Pixels.Length];
    }

    public void Paint(in Strand strand)
    {
        float length = Vector2.Distance(strand.Root, strand.Bend) + Vector2.Distance(strand.Bend, strand.Tip);
        int segments = Math.Clamp((int)(length / SegmentPx), 2, MostSegments);
        Vector2 from = strand.Root;
        for (int i = 0; i < segments; i++)
        {
            float t0 = (float)i / segments, t1 = (float)(i + 1) / segments;
            Vector2 to = strand.PointAt(t1);
            CoverSegment(strand, from, to, t0, t1);
            from = to;
        }
        foreach (int index in _touched)
        {
            float t = _along[index];
            Vector3 colour = Exact.Mix(strand.RootColour, strand.TipColour, t) * (1 + strand.SideLight * _side[index]);
            _canvas.Cover(index, colour, _coverage[index] * strand.Opacity);
            _coverage[index] = 0;
        }
        _touched.Clear();
    }

    private void CoverSegment(in Strand strand, Vector2 from, Vector2 to, float t0, float t1)
    {
        Vector2 way = to - from;
        float lengthSquared = way.LengthSquared();
        if (lengthSquared < 1e-12f)
            return;
        float reach = Math.Max(strand.WidthAt(t0), strand.WidthAt(t1)) / 2 + 1;
        int left = Math.Max(0, (int)(Math.Min(from.X, to.X) - reach)), right = Math.Min(_canvas.Width - 1, (int)(Math.Max(from.X, to.X) + reach));
        int top = Math.Max(0, (int)(Math.Min(from.Y, to.Y) - reach)), bottom = Math.Min(_canvas.Height - 1, (int)(Math.Max(from.Y, to.Y) + reach));
        Vector2 across = new Vector2(-way.Y, way.X) / MathF.Sqrt(lengthSquared);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                Vector2 point = new Vector2(x + 0.5f, y + 0.5f) - from;
                float share = Math.Clamp(Vector2.Dot(point, way) / lengthSquared, 0, 1);
                float t = t0 + (t1 - t0) * share;
                float width = strand.WidthAt(t);
                float coverage = DistanceField.Coverage((point - way * share).Length() - Math.Max(width, 1) / 2) * Math.Min(width, 1);
                Gather(y * _canvas.Width + x, coverage, t, Math.Clamp(Vector2.Dot(point, across) / Math.Max(width, 1) * 2, -1, 1));
            }
        }
    }

    private void Gather(int index, float coverage, float along, float side)
    {
        if (coverage <= _coverage[index])
            return;
        if (_coverage[index] == 0)
            _touched.Add(index);
        _coverage[index] = coverage;
        _along[index] = along;
        _side[index] = side;
    }
}
