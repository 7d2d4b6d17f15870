namespace Matting.Trainer.Training.Records;

/// <summary>The unit in which records give memory.</summary>
internal static class ByteUnits
{
    public const long MiB = 1 << 20;
}
