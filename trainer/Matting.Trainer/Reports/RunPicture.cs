using System.Globalization;
using System.Text.RegularExpressions;

namespace Matting.Trainer.Reports;

/// <summary>What a picture of a run shows.</summary>
internal enum RunPictureKind
{
    /// <summary>The first training batch of an epoch.</summary>
    TrainBatch,

    /// <summary>Validation samples after an epoch.</summary>
    Validation,
}

/// <summary>A picture that a run has left.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">What it shows.</param>
/// <param name="Epoch">The epoch, from 1.</param>
internal sealed partial record RunPicture(string Path, RunPictureKind Kind, int Epoch)
{
    /// <summary>The pictures of a folder by epoch; files that are named otherwise are none of the run's.</summary>
    public static IReadOnlyList<RunPicture> Find(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. from file in Directory.EnumerateFiles(folder, "*.png")
           let name = Name().Match(System.IO.Path.GetFileName(file))
           where name.Success
           let epoch = int.Parse(name.Groups["epoch"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
           let kind = name.Groups["kind"].ValueSpan is "validation" ? RunPictureKind.Validation : RunPictureKind.TrainBatch
           orderby kind, epoch
           select new RunPicture(file, kind, epoch),
    ];

    [GeneratedRegex("^(?<kind>train-batch|validation)-epoch-(?<epoch>[0-9]{3,9})\\.png$")]
    private static partial Regex Name();
}
