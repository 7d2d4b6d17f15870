using System.CommandLine;
using System.CommandLine.Parsing;
using Matting.CommandLine.Options;
using Matting.Runtime.Cli.Batches;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Cli.Commands;

/// <summary>The options that say what is made of a picture and its alpha, and in which format.</summary>
internal sealed class ResultArguments
{
    private const string Alpha = "alpha";
    private const string Cutout = "cutout";
    private const string Composite = "composite";
    private const string On = "on";
    private const string Off = "off";
    private const string Picture = "picture";
    private const string Network = "network";
    private const string Png = "png";
    private const string Webp = "webp";
    private const string Jpeg = "jpeg";
    private const string Keep = "keep";
    private const string Drop = "drop";

    private readonly Option<string?> _kind = CommonOptions.Choice(
        "--kind", "What is written: the alpha (grey), the foreground with its alpha (RGBA, not premultiplied), or the foreground over a background", Alpha, Alpha, Cutout, Composite);

    private readonly Option<string?> _background = new("--background")
    {
        Description = "Background of a composite: a colour as #rrggbb or #rgb, or a picture, which is enlarged or reduced to cover the result and whose own colour profile is not looked at; default: #ffffff",
        HelpName = "COLOUR|PICTURE",
    };

    private readonly Option<string?> _decontaminate = CommonOptions.Choice(
        "--decontaminate", "Take the old background out of the colours of soft edges, in cut-outs and composites", On, On, Off);

    private readonly Option<string?> _size = CommonOptions.Choice(
        "--result-size", "Size of what is written: the picture's own or the network's", Picture, Picture, Network);

    private readonly Option<string?> _format = CommonOptions.Choice("--format", "Format of what is written, without the EXIF data of the picture (it tells where and when it was taken); jpeg for composites only", Png, Png, Webp, Jpeg);

    private readonly Option<int> _quality = CommonOptions.Whole(
        "--quality", "Quality of jpeg (90 without this option) and webp (without this option every pixel is kept)", 1, 100, ImageWriteOptions.Default.JpegQuality);

    private readonly Option<string?> _profile = CommonOptions.Choice(
        "--colour-profile", "Colour profile of the picture, in cut-outs and composites: written too, so that the colours stay what they are, or left out", Keep, Keep, Drop);

    /// <summary>With its point, for instance <c>.png</c>.</summary>
    public string Extension(ParseResult parsed) => parsed.GetValue(_format) switch { Jpeg => ".jpg", Webp => ".webp", _ => ".png" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_kind, _background, _decontaminate, _size, _format, _quality, _profile])
            command.Options.Add(option);
        command.Validators.Add(Check);
    }

    /// <summary>Reads the options and the background's picture.</summary>
    /// <exception cref="ImageFileException">The background's picture cannot be read.</exception>
    public ResultOptions Read(ParseResult parsed) => new()
    {
        Kind = parsed.GetValue(_kind) switch { Cutout => ResultKind.Cutout, Composite => ResultKind.Composite, _ => ResultKind.Alpha },
        Size = parsed.GetValue(_size) == Network ? ResultSize.Network : ResultSize.Picture,
        Decontaminate = parsed.GetValue(_decontaminate) != Off,
        Background = ReadBackground(parsed.GetValue(_background)),
    };

    /// <summary>How pictures are read for these results.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="reading">What holds besides.</param>
    public ImageReadOptions Reading(ParseResult parsed, ImageReadOptions reading) => reading with
    {
        ColourProfile = parsed.GetValue(_profile) == Drop ? EmbeddedProfile.Drop : EmbeddedProfile.Keep,
    };

    public ImageWriteOptions Writing(ParseResult parsed) => AlphaPng.Options with
    {
        JpegQuality = parsed.GetValue(_quality),
        WebpQuality = parsed.GetValue(_quality),
        WebpLossless = !IsGiven(parsed.CommandResult, _quality),
    };

    private static ResultBackground ReadBackground(string? text) =>
        text is null ? ResultBackground.White
        : ResultBackground.TryParseColour(text, out ResultBackground colour) ? colour
        : ResultBackground.Picture(ImageFile.ReadRgb(text));

    // texts, not values: those that are wrong have their own messages and no value
    private void Check(CommandResult result)
    {
        string kind = Text(result, _kind) ?? Alpha, format = Text(result, _format) ?? Png;
        string? background = Text(result, _background);
        if (kind != Composite && background is not null)
            result.AddError($"--background belongs to --kind {Composite}");
        else if (background is ['#', ..] && !ResultBackground.TryParseColour(background, out _) && !File.Exists(background))
            result.AddError($"--background {background}: expected a colour such as #ffffff or #fff, or a picture");
        foreach (Option option in (Option[])[_decontaminate, _profile])
        {
            if (kind == Alpha && IsGiven(result, option))
                result.AddError($"{option.Name} belongs to --kind {Cutout} and --kind {Composite}: an alpha has no colours");
        }
        if (kind != Composite && format == Jpeg)
            result.AddError($"--format {Jpeg} belongs to --kind {Composite}: it {(kind == Alpha ? "changes alphas" : "has no alpha channel")}");
        if (format == Png && IsGiven(result, _quality))
            result.AddError($"--quality belongs to --format {Jpeg} and --format {Webp}: {Png} keeps every pixel");
    }

    private static bool IsGiven(CommandResult result, Option option) => Text(result, option) is not null;

    private static string? Text(CommandResult result, Option option) => result.GetResult(option)?.Tokens is [var token, ..] ? token.Value : null;
}
