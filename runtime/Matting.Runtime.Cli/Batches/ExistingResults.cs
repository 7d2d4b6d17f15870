namespace Matting.Runtime.Cli.Batches;

/// <summary>What becomes of pictures whose results exist already.</summary>
internal enum ExistingResults
{
    /// <summary>Nothing is started.</summary>
    Refuse,

    /// <summary>The results are replaced.</summary>
    Overwrite,

    /// <summary>The pictures are left out.</summary>
    Skip,
}
