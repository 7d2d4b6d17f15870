namespace SixLabors.ImageSharp.Formats;

public sealed class DecoderOptions
{
    private uint _maxFrames = int.MaxValue;

    public bool SkipMetadata { get; init; }

    public uint MaxFrames
    {
        get => _maxFrames;
        init => _maxFrames = Math.Clamp(value, 1, int.MaxValue);
    }
}
