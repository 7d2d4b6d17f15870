using Matting.Shared.Imaging;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Recipes;

/// <summary>The CSV files with the samples, and how they are read.</summary>
public sealed record DataRecipe : ISettingsSection
{
    /// <summary>The training CSV, columns <c>image_path</c> and <c>alpha_path</c>. Required.</summary>
    public string? Train { get; init; }

    /// <summary>The validation CSV, of the same form. Required.</summary>
    public string? Val { get; init; }

    /// <summary>The folder relative paths are tried against first; the CSV's own folder is tried after it.</summary>
    public string? Root { get; init; }

    /// <summary>How many rows from the top of each CSV are used; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary><c>apply</c>: pictures are turned as their camera says; <c>ignore</c>: taken as they are stored.</summary>
    public string Exif { get; init; } = ExifApply;

    /// <summary>Larger pictures are refused before they are decoded, in millions of pixels.</summary>
    public double MaxMegapixels { get; init; } = 100;

    /// <summary>Threads that read and prepare samples ahead of the training.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>
    /// What happens to a training sample that cannot be read: <c>stop</c> ends the run, which can be resumed when the file was mended;
    /// <c>skip</c> lets another sample stand in for it. In validation it always ends the run.
    /// </summary>
    public string Unreadable { get; init; } = UnreadableStop;

    /// <summary>The value of <see cref="Unreadable"/> that goes on without such samples.</summary>
    internal const string UnreadableSkip = "skip";

    private const string UnreadableStop = "stop";
    private const string ExifApply = "apply";
    private const string ExifIgnore = "ignore";

    /// <summary>How pictures are read.</summary>
    public ImageReadOptions ToReadOptions() => new()
    {
        Orientation = Exif == ExifIgnore ? ExifOrientation.Ignore : ExifOrientation.Apply,
        MaxPixels = (long)(MaxMegapixels * 1e6),
    };

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        checks.Require(!string.IsNullOrEmpty(Train), nameof(Train), "is required: the CSV of the training samples");
        checks.Require(!string.IsNullOrEmpty(Val), nameof(Val), "is required: the CSV of the validation samples");
        checks.Require(Root is not "", nameof(Root), "is empty; leave it out for the folder of the CSV");
        if (Limit is int limit)
            checks.Between(limit, 1, int.MaxValue, nameof(Limit));
        checks.OneOf(Exif, [ExifApply, ExifIgnore]);
        checks.Between(MaxMegapixels, 0.001, 2000);
        checks.Between(Workers, 1, 256);
        checks.OneOf(Unreadable, [UnreadableStop, UnreadableSkip]);
    }
}
