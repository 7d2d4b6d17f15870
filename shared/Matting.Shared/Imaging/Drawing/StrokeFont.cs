using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Matting.Shared.Imaging.Drawing;

/// <summary>A glyph: straight strokes in units of an eighth of the height of a capital; y points down, the base line is 8.</summary>
/// <param name="Width">Advance without the gap to the next glyph.</param>
/// <param name="Strokes">From and to of each stroke.</param>
public sealed record Glyph(float Width, IReadOnlyList<(Vector2 From, Vector2 To)> Strokes);

/// <summary>
/// A small font of our own, drawn with a round pen, so that captions need no font file. A line a
/// glyph: the character, then strokes. <c>L x,y x,y ...</c> is a line through points (one point
/// is a dot), <c>A x,y rx,ry from,to</c> an arc in degrees (0 is right, 90 is down).
/// </summary>
public static partial class StrokeFont
{
    private const int DegreesAStep = 15;

    private const string Drawings = """
        A L 0,8 3,0 6,8 L 1.1,5.2 4.9,5.2
        B L 2.6,4 0,4 L 2.4,0 0,0 0,8 2.6,8 A 2.4,2 2,2 -90,90 A 2.6,6 2.3,2 -90,90
        C A 3.3,4 3.3,4 -50,-310
        D L 2,8 0,8 0,0 2,0 A 2,4 3.7,4 -90,90
        E L 4.4,0 0,0 0,8 4.4,8 L 0,4 3.8,4
        F L 4.4,0 0,0 0,8 L 0,4 3.8,4
        G A 3.3,4 3.3,4 -50,-360 L 6.6,4.3 3.8,4.3
        H L 0,0 0,8 L 5.2,0 5.2,8 L 0,4 5.2,4
        I L 0,0 0,8
        J L 3.4,0 3.4,6 A 1.7,6 1.7,2 0,160
        K L 0,0 0,8 L 5,0 0,5 L 1.8,3.4 5.2,8
        L L 0,0 0,8 4.2,8
        M L 0,8 0,0 3.2,5.6 6.4,0 6.4,8
        N L 0,8 0,0 5.2,8 5.2,0
        O A 3.3,4 3.3,4 0,360
        P L 0,8 0,0 2.6,0 L 0,4.4 2.6,4.4 A 2.6,2.2 2.2,2.2 -90,90
        Q A 3.3,4 3.3,4 0,360 L 4,5.6 6.4,8.4
        R L 0,8 0,0 2.6,0 L 0,4.2 2.6,4.2 A 2.6,2.1 2.2,2.1 -90,90 L 2.4,4.2 5,8
        S A 2.5,2 2.3,2 -30,-270 A 2.5,6 2.5,2 -90,155
        T L 0,0 5.6,0 L 2.8,0 2.8,8
        U L 0,0 0,5.4 A 2.6,5.4 2.6,2.6 180,0 L 5.2,5.4 5.2,0
        V L 0,0 2.9,8 5.8,0
        W L 0,0 2,8 4,1 6,8 8,0
        X L 0,0 5.2,8 L 5.2,0 0,8
        Y L 0,0 2.8,4 5.6,0 L 2.8,4 2.8,8
        Z L 0,0 5,0 0,8 5.2,8
        a A 2.3,5.5 2.3,2.5 0,360 L 4.6,3 4.6,8
        b L 0,0 0,8 A 2.3,5.5 2.3,2.5 0,360
        c A 2.4,5.5 2.4,2.5 -45,-315
        d L 4.6,0 4.6,8 A 2.3,5.5 2.3,2.5 0,360
        e L 0,5.5 4.8,5.5 A 2.4,5.5 2.4,2.5 0,-315
        f L 1.4,8 1.4,1.7 L 0,3 3,3 A 3,1.7 1.6,1.7 180,275
        g A 2.3,5.5 2.3,2.5 0,360 L 4.6,3 4.6,8.6 A 2.3,8.6 2.3,2 0,150
        h L 0,0 0,8 A 2.1,5.1 2.1,2.1 180,360 L 4.2,5.1 4.2,8
        i L 0,3 0,8 L 0,0.9
        j L 1.3,0.9 L 1.3,3 1.3,9.2 A 0,9.2 1.3,1.4 0,90
        k L 0,0 0,8 L 3.8,3 0,6.2 L 1.3,5.1 4,8
        l L 0,0 0,8
        m L 0,3 0,8 A 1.6,4.7 1.6,1.7 180,360 L 3.2,4.7 3.2,8 A 4.8,4.7 1.6,1.7 180,360 L 6.4,4.7 6.4,8
        n L 0,3 0,8 A 2.1,5.1 2.1,2.1 180,360 L 4.2,5.1 4.2,8
        o A 2.4,5.5 2.4,2.5 0,360
        p L 0,3 0,10.4 A 2.3,5.5 2.3,2.5 0,360
        q L 4.6,3 4.6,10.4 A 2.3,5.5 2.3,2.5 0,360
        r L 0,3 0,8 A 2.1,5.1 2.1,2.1 180,300
        s A 1.9,4.25 1.8,1.25 -30,-270 A 1.9,6.75 1.9,1.25 -90,150
        t L 1.3,1 1.3,6.5 L 0,3 2.9,3 A 2.8,6.5 1.5,1.5 180,80
        u L 0,3 0,5.9 A 2.1,5.9 2.1,2.1 180,0 L 4.2,3 4.2,8
        v L 0,3 2.2,8 4.4,3
        w L 0,3 1.5,8 3,3.4 4.5,8 6,3
        x L 0,3 4.2,8 L 4.2,3 0,8
        y L 0,3 2.2,8 L 4.4,3 1.3,10.4
        z L 0.1,3 4,3 0,8 4.2,8
        0 A 2.4,4 2.4,4 0,360
        1 L 0.4,1.7 2.3,0 2.3,8
        2 A 2.4,2.4 2.3,2.4 195,390 L 4.4,3.6 0.1,8 4.8,8
        3 A 2.2,2.1 2.1,2.1 205,450 A 2.2,6.1 2.4,1.9 270,515
        4 L 3.7,8 3.7,0 0,5.7 4.9,5.7
        5 L 4.3,0 0.7,0 0.4,3.7 A 2.3,5.4 2.5,2.6 220,500
        6 A 2.4,5.5 2.4,2.5 0,360 A 4.4,5.5 4.4,5.5 180,262
        7 L 0,0 4.8,0 1.8,8
        8 A 2.4,2 2,2 0,360 A 2.4,6 2.4,2 0,360
        9 A 2.4,2.5 2.4,2.5 0,360 A 0.4,2.5 4.4,5.5 0,82
        . L 0.5,8
        , L 0.5,7.8 0,9.4
        : L 0.4,4 L 0.4,8
        ; L 0.5,4 L 0.5,7.8 0,9.4
        - L 0,5.2 2.8,5.2
        _ L 0,9 4.8,9
        / L 0,9 3.4,-0.4
        ( A 3,4.3 2.6,5.6 235,125
        ) A -0.9,4.3 2.6,5.6 -55,55
        % A 1.3,1.7 1.3,1.7 0,360 A 5.5,6.3 1.3,1.7 0,360 L 5.4,0 1.4,8
        = L 0,4.1 3.8,4.1 L 0,6.4 3.8,6.4
        + L 0,5.2 4,5.2 L 2,3.2 2,7.2
        """;

    private static readonly Glyph Space = new(2.4f, []);
    private static readonly Glyph Unknown = new(4, [.. Closed([new(0, 0), new(4, 0), new(4, 8), new(0, 8)])]);
    private static readonly Dictionary<char, Glyph> Glyphs = Drawings.Split('\n').ToDictionary(line => line[0], line => Parse(line[1..]));

    /// <summary>The glyph of a character; a box for those that the font does not have.</summary>
    public static Glyph Of(char character) => character == ' ' ? Space : Glyphs.GetValueOrDefault(character, Unknown);

    private static Glyph Parse(string drawing)
    {
        List<(Vector2 From, Vector2 To)> strokes = [];
        foreach (Match part in Stroke().Matches(drawing))
        {
            Vector2[] points = [.. part.Groups["points"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ParsePoint)];
            Connect(part.Value[0] == 'A' ? Arc(points[0], points[1], points[2].X, points[2].Y) : points, strokes);
        }
        return new Glyph(strokes.Max(stroke => Math.Max(stroke.From.X, stroke.To.X)), strokes);
    }

    private static Vector2 ParsePoint(string text)
    {
        string[] parts = text.Split(',');
        return new(float.Parse(parts[0], CultureInfo.InvariantCulture), float.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static Vector2[] Arc(Vector2 centre, Vector2 radii, float from, float to)
    {
        int steps = (int)MathF.Ceiling(MathF.Abs(to - from) / DegreesAStep);
        return [.. Enumerable.Range(0, steps + 1).Select(i =>
        {
            (float sine, float cosine) = MathF.SinCos((from + (to - from) * i / steps) * MathF.PI / 180);
            return centre + radii * new Vector2(cosine, sine);
        })];
    }

    private static void Connect(ReadOnlySpan<Vector2> points, List<(Vector2 From, Vector2 To)> strokes)
    {
        if (points.Length == 1)
            strokes.Add((points[0], points[0]));
        for (int i = 1; i < points.Length; i++)
            strokes.Add((points[i - 1], points[i]));
    }

    private static List<(Vector2 From, Vector2 To)> Closed(ReadOnlySpan<Vector2> points)
    {
        List<(Vector2 From, Vector2 To)> strokes = [];
        Connect(points, strokes);
        strokes.Add((points[^1], points[0]));
        return strokes;
    }

    [GeneratedRegex("[LA] (?<points>[^LA]+)")]
    private static partial Regex Stroke();
}
