namespace Matting.Trainer.Training.Records;

/// <summary>The keys of the event log that are read again.</summary>
internal static class EventKeys
{
    public const string Kind = "kind";
    public const string Step = "step";
    public const string Epoch = "epoch";
    public const string EpochSeconds = "epoch_seconds";
    public const string EpochWaitedSeconds = "epoch_waited_seconds";
}
