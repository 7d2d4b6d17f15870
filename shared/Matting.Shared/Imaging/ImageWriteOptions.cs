namespace Matting.Shared.Imaging;

/// <summary>How a picture is written; each setting belongs to one format and is ignored by the others.</summary>
public sealed record ImageWriteOptions
{
    /// <summary>Everything at its default.</summary>
    public static ImageWriteOptions Default { get; } = new();

    /// <summary>False: an existing file is an error. Default true.</summary>
    public bool Overwrite { get; init; } = true;

    /// <summary>PNG: zlib level 0 (stored) to 9 (smallest). Default 6.</summary>
    public int PngCompression { get; init; } = 6;

    /// <summary>JPEG: quality 1 to 100. Default 90.</summary>
    public int JpegQuality { get; init; } = 90;

    /// <summary>JPEG: colour at full resolution (4:4:4) instead of halved in both directions (4:2:0). Default false.</summary>
    public bool JpegFullChroma { get; init; }

    /// <summary>WebP: quality 0 to 100; the effort where <see cref="WebpLossless"/> is set. Default 80.</summary>
    public int WebpQuality { get; init; } = 80;

    /// <summary>WebP: every pixel as it is. Default false.</summary>
    public bool WebpLossless { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    internal void Validate()
    {
        Check(PngCompression, 0, 9, nameof(PngCompression));
        Check(JpegQuality, 1, 100, nameof(JpegQuality));
        Check(WebpQuality, 0, 100, nameof(WebpQuality));
    }

    private static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} lies between {least} and {most}");
    }
}
