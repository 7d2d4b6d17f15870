namespace Matting.Shared.Imaging;

/// <summary>What to do with the orientation that a camera wrote into the file's EXIF data.</summary>
public enum ExifOrientation
{
    /// <summary>Turn and mirror the pixels as the tag says: what a viewer shows.</summary>
    Apply,

    /// <summary>Take the pixels as they are stored.</summary>
    Ignore,
}

/// <summary>What to do with the colour profile in a file.</summary>
public enum EmbeddedProfile
{
    /// <summary>Keep it beside the pixels (<see cref="PixelImage.ColourProfile"/>), which stay as they are stored.</summary>
    Keep,

    /// <summary>Leave it.</summary>
    Drop,
}

/// <summary>How a picture is read. The defaults are the same in the trainer and in the runtime.</summary>
public sealed record ImageReadOptions
{
    /// <summary>EXIF orientation applied, colour profile kept, at most 100 megapixels.</summary>
    public static ImageReadOptions Default { get; } = new();

    /// <summary>EXIF orientation: applied by default.</summary>
    public ExifOrientation Orientation { get; init; } = ExifOrientation.Apply;

    /// <summary>Colour profile: kept by default. Grey pictures are read without it.</summary>
    public EmbeddedProfile ColourProfile { get; init; } = EmbeddedProfile.Keep;

    /// <summary>Largest accepted width x height, checked from the file's header before anything is decoded. Default 100 million; never more than about 500 million.</summary>
    public long MaxPixels { get; init; } = 100_000_000;
}
