using System.Numerics;

namespace Matting.Shared.Imaging.Drawing;

/// <summary>A light sheet of paper on which pictures, text and bars are set; what sheets have in common.</summary>
public sealed class SheetCanvas
{
    /// <summary>Space around everything, in pixels.</summary>
    public const int Margin = 28;

    /// <summary>Space between pictures that belong together.</summary>
    public const int CellGap = 6;

    /// <summary>Height of a title above everything.</summary>
    public const int TitleHeight = 32;

    /// <summary>Height of the line that names the columns.</summary>
    public const int HeadHeight = 34;

    /// <summary>Height of a capital in titles.</summary>
    public const float TitleCapital = 14;

    /// <summary>Height of a capital in the heads of columns.</summary>
    public const float HeadCapital = 11;

    /// <summary>Height of a capital in captions.</summary>
    public const float CaptionCapital = 9;

    /// <summary>The paper itself.</summary>
    public static readonly Vector3 Paper = new(250, 250, 251);

    /// <summary>What is behind a picture that does not fill its square.</summary>
    public static readonly Vector3 Panel = new(238, 240, 243);

    /// <summary>Hair lines.</summary>
    public static readonly Vector3 Frame = new(218, 221, 226);

    /// <summary>Text that matters.</summary>
    public static readonly Vector3 Ink = new(38, 42, 50);

    /// <summary>Other text.</summary>
    public static readonly Vector3 Faint = new(116, 122, 134);

    /// <summary>An empty sheet.</summary>
    public SheetCanvas(int width, int height)
    {
        Image = new PixelImage(width, height, 3);
        Fill(0, 0, width, height, Paper);
    }

    /// <summary>The sheet as it is, RGB.</summary>
    public PixelImage Image { get; }

    /// <summary>Draws a text that begins at a point of its base line.</summary>
    public void Text(string text, float left, float baseline, float capital, Vector3 colour) =>
        TextPainter.Draw(Image, text, left, baseline, capital, colour);

    /// <summary>Draws a text that ends at a point of its base line.</summary>
    /// <returns>Its width in pixels.</returns>
    public float TextTo(string text, float right, float baseline, float capital, Vector3 colour)
    {
        float width = TextPainter.Measure(text, capital);
        Text(text, right - width, baseline, capital, colour);
        return width;
    }

    /// <summary>An empty frame: a hair line around a panel.</summary>
    public void Cell(int left, int top, int width, int height)
    {
        // white differences would melt into the paper without a line around them
        Fill(left - 1, top - 1, width + 2, height + 2, Frame);
        Fill(left, top, width, height, Panel);
    }

    /// <summary>Draws a picture, grey or RGB, as large as its square allows, centred, in a frame.</summary>
    public void Picture(PixelImage picture, int left, int top, int cell)
    {
        Cell(left, top, cell, cell);
        double scale = (double)cell / Math.Max(picture.Width, picture.Height);
        int width = Math.Max(1, (int)Math.Round(picture.Width * scale)), height = Math.Max(1, (int)Math.Round(picture.Height * scale));
        PixelImage sized = picture.Width == width && picture.Height == height ? picture : PillowResize.Bilinear(picture, width, height);
        left += (cell - width) / 2;
        top += (cell - height) / 2;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> source = sized.Row(y);
            Span<byte> target = Image.Row(top + y).Slice(3 * left, 3 * width);
            if (sized.Channels == 3)
            {
                source.CopyTo(target);
                continue;
            }
            for (int x = 0; x < width; x++)
                target.Slice(3 * x, 3).Fill(source[x]);
        }
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int left, int top, int width, int height, Vector3 colour)
    {
        for (int y = top; y < top + height; y++)
        {
            Span<byte> row = Image.Row(y);
            for (int x = left; x < left + width; x++)
                (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
        }
    }
}
