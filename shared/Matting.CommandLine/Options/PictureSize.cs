using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Matting.CommandLine.Options;

/// <summary>A size as written on a command line: <c>1024</c> (square) or <c>512x768</c> (height x width), in pixels.</summary>
/// <param name="Height">Rows, 1 to 65535.</param>
/// <param name="Width">Columns, 1 to 65535.</param>
public readonly record struct PictureSize(int Height, int Width)
{
    /// <summary>The largest side that is accepted; picture formats such as JPEG end there.</summary>
    public const int LargestSide = 65535;

    /// <summary>Reads a size.</summary>
    /// <param name="text"><c>N</c> or <c>HxW</c>, digits only.</param>
    /// <param name="size">The size when the result is true.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out PictureSize size)
    {
        size = default;
        string[] sides = (text ?? "").Split('x', 'X');
        if (sides.Length is not (1 or 2) || !TrySide(sides[0], out int height) || !TrySide(sides[^1], out int width))
            return false;
        size = new PictureSize(height, width);
        return true;
    }

    /// <summary><c>512x768</c>: height, then width.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}x{Width}");

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= LargestSide;
}
