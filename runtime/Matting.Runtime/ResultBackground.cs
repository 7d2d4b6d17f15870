using System.Globalization;
using Matting.Shared.Imaging;

namespace Matting.Runtime;

/// <summary>What a composite lies over: one colour or a picture.</summary>
public sealed class ResultBackground
{
    private readonly PixelImage? _picture;
    private readonly byte _red;
    private readonly byte _green;
    private readonly byte _blue;

    private ResultBackground(PixelImage? picture, byte red, byte green, byte blue) => (_picture, _red, _green, _blue) = (picture, red, green, blue);

    /// <summary>White.</summary>
    public static ResultBackground White { get; } = Colour(255, 255, 255);

    /// <summary>One colour.</summary>
    public static ResultBackground Colour(byte red, byte green, byte blue) => new(null, red, green, blue);

    /// <summary>A picture, which covers every result (<see cref="Compositing.Cover"/>): as large as needed, not distorted, what is too much cut off equally on both sides. Its colours are taken as the photo's own: a colour profile that differs from the photo's is not converted.</summary>
    /// <param name="rgb">A picture of three channels; it must not change any more.</param>
    /// <exception cref="ArgumentException">The picture is not RGB.</exception>
    public static ResultBackground Picture(PixelImage rgb)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        return rgb.Channels == 3
            ? new ResultBackground(rgb, 0, 0, 0)
            : throw new ArgumentException($"a background has to be RGB, got {rgb.Channels} channels", nameof(rgb));
    }

    /// <summary>Reads a colour as HTML writes it.</summary>
    /// <param name="text"><c>#rrggbb</c> or <c>#rgb</c>.</param>
    /// <param name="background">The colour when the result is true.</param>
    public static bool TryParseColour(string? text, out ResultBackground background)
    {
        background = White;
        if (text is not ['#', ..] || text.Length is not (4 or 7))
            return false;
        string digits = text.Length == 7 ? text[1..] : string.Concat(text[1..].Select(digit => $"{digit}{digit}"));
        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
            return false;
        background = Colour((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    internal PixelImage Under(PixelImage foreground, PixelImage alpha) => _picture is null
        ? Compositing.OverColour(foreground, alpha, _red, _green, _blue)
        : Compositing.OverPicture(foreground, alpha, Compositing.Cover(_picture, foreground.Width, foreground.Height));
}
