using Matting.Shared.Files;
using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Data;

namespace Matting.Trainer.Training.Resuming;

/// <summary>Tells whether a table of samples is the one a run began with; the pictures themselves are not looked at.</summary>
/// <param name="Sha256">The hash of the CSV.</param>
/// <param name="Count">Samples that are used.</param>
internal sealed record SampleFingerprint(string Sha256, long Count)
{
    private const string Sha256Key = "sha256";
    private const string CountKey = "count";

    /// <summary>The fingerprint of a table.</summary>
    public static SampleFingerprint Of(SampleTable table) => new(FileHash.Sha256(table.File), table.Rows.Count);

    /// <summary>Reads what <see cref="Save"/> gave.</summary>
    public static SampleFingerprint Read(SavedValues saved) => new(saved.Text(Sha256Key), saved.Count(CountKey));

    /// <summary>For a saved state.</summary>
    public PickleDict Save() => new() { { Sha256Key, Sha256 }, { CountKey, Count } };

    /// <summary>Compares a table with the one a run began with.</summary>
    /// <exception cref="TrainingException">It is another one.</exception>
    public void Require(SampleTable table)
    {
        SampleFingerprint now = Of(table);
        if (now == this)
            return;
        string difference = now.Count == Count ? "its content has changed" : $"it had {Count} samples then and has {now.Count} now";
        throw new TrainingException($"{table.File}: these are not the samples the run began with ({difference}); a run goes on with the same ones only");
    }
}
