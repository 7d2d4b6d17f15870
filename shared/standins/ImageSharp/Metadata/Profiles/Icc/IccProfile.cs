namespace SixLabors.ImageSharp.Metadata.Profiles.Icc;

#nullable disable // the official file says nothing about nullability either
public sealed class IccProfile : IDeepCloneable<IccProfile>
{
    private readonly byte[] _data;

    public IccProfile(byte[] data) => _data = data ?? throw new NotSupportedException("the stand-in makes no profiles of its own");

    public IccProfile DeepClone() => new(ToByteArray());

    public byte[] ToByteArray() => [.. _data];
}
