using System.CommandLine;
using Matting.CommandLine.Options;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Commands;

/// <summary>The options that say how pictures are read and predicted.</summary>
internal sealed class PictureArguments
{
    private const string Flip = "flip";
    private const string None = "none";
    private const string Apply = "apply";
    private const string Ignore = "ignore";

    private readonly Option<string?> _tta;
    private readonly Option<int> _batch = CommonOptions.Whole("--batch", "Pictures of one run; more than 1 pays on a GPU", 1, 1024, PredictOptions.Default.Batch);
    private readonly Option<int> _longestSide = CommonOptions.Whole(
        "--longest-side", "Longest side in pixels at which a model of open size runs without --size", 32, PictureSize.LargestSide, PredictOptions.Default.LongestSide);

    private readonly Option<string?> _orientation = CommonOptions.Choice(
        "--orientation", "Turn pictures as their EXIF data says, or take the pixels as they are stored", Apply, Apply, Ignore);

    private readonly Option<int> _maxPixels = CommonOptions.Whole(
        "--max-pixels", "Refuse larger pictures before decoding them", 1, int.MaxValue, (int)ImageReadOptions.Default.MaxPixels);

    /// <param name="defaultTta">What <c>--tta</c> is when it is absent.</param>
    public PictureArguments(TestTimeAugmentation defaultTta) => _tta = CommonOptions.Choice(
        "--tta",
        "Test-time augmentation: flip takes the mean with the mirrored picture, for twice the time",
        defaultTta == TestTimeAugmentation.Flip ? Flip : None,
        Flip,
        None);

    public void AddTo(Command command)
    {
        command.Options.Add(_tta);
        command.Options.Add(_batch);
        command.Options.Add(_longestSide);
        command.Options.Add(_orientation);
        command.Options.Add(_maxPixels);
    }

    public PredictOptions Read(ParseResult parsed) => new()
    {
        Tta = parsed.GetValue(_tta) == Flip ? TestTimeAugmentation.Flip : TestTimeAugmentation.None,
        Batch = parsed.GetValue(_batch),
        LongestSide = parsed.GetValue(_longestSide),
        Reading = new ImageReadOptions
        {
            Orientation = parsed.GetValue(_orientation) == Ignore ? ExifOrientation.Ignore : ExifOrientation.Apply,
            MaxPixels = parsed.GetValue(_maxPixels),
        },
    };
}
