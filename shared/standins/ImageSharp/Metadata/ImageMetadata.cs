using SixLabors.ImageSharp.Metadata.Profiles.Icc;

namespace SixLabors.ImageSharp.Metadata;

public sealed class ImageMetadata : IDeepCloneable<ImageMetadata>
{
    public IccProfile? IccProfile { get; set; }

    public ImageMetadata DeepClone() => new() { IccProfile = IccProfile?.DeepClone() };
}
