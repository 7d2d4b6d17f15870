using System.CommandLine;
using System.CommandLine.Parsing;
using Matting.Shared.Postprocessing;
using Matting.Shared.Regions;

namespace Matting.CommandLine.Options;

/// <summary>The options that choose a post-process and set its numbers; the same for every command that has one.</summary>
public sealed class PostprocessArguments
{
    /// <summary>What <c>--post</c> takes for all post-processes, and none, side by side, where a command measures several.</summary>
    public const string All = "all";

    private static readonly ComponentOptions Components = ComponentOptions.Default;
    private static readonly CalibrationOptions Calibration = CalibrationOptions.Default;

    private readonly Option<string?> _post;
    private readonly Option<double> _support = CommonOptions.Number("--support", "components: alphas above it form regions", 0, 1, Components.Support);
    private readonly Option<string?> _connectivity = CommonOptions.Choice("--connectivity", "components: neighbours of a pixel", "4", "4", "8");
    private readonly Option<int> _keep = CommonOptions.Whole("--keep", "components: how many regions, those with the highest peaks, are looked at", 1, 10_000, Components.Keep);
    private readonly Option<double> _peak = CommonOptions.Number("--peak", "components: a region stays when its highest alpha is above it ...", 0, 1, Components.Peak);
    private readonly Option<double> _area = CommonOptions.Number("--area", "components: ... or its share of the picture above this", 0, 1, Components.AreaShare);
    private readonly Option<int> _dilation = CommonOptions.Whole("--dilation", "components: side of the square by which regions grow, in pixels, odd", 1, 255, Components.Dilation);
    private readonly Option<double> _percentile = CommonOptions.Number("--percentile", "calibrate: the percentile of the alphas that becomes 0", 0, 100, Calibration.Percentile);
    private readonly Option<double> _gamma = CommonOptions.Number("--gamma", "calibrate: exponent of the stretched alphas", 0.01, 10, Calibration.Gamma);
    private readonly Option<double> _epsilon = CommonOptions.Number("--epsilon", "calibrate: keeps the division finite", 1e-12, 1, Calibration.Epsilon);

    /// <summary>Creates the options.</summary>
    /// <param name="several">True: <c>--post</c> takes <see cref="All"/> too.</param>
    public PostprocessArguments(bool several = false)
    {
        string[] names = [PostprocessOptions.None, ComponentOptions.ProcessName, CalibrationOptions.ProcessName];
        _post = CommonOptions.Choice(
            "--post",
            "Post-process: components keeps the strongest regions, calibrate takes a grey veil off" + (several ? "; all measures each beside none" : ""),
            PostprocessOptions.None,
            several ? [.. names, All] : names);
    }

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Options.Add(_post);
        foreach (Option option in (IEnumerable<Option>)[.. OfComponents(), .. OfCalibration()])
            command.Options.Add(option);
    }

    /// <summary>The post-processes that were asked for, null standing for none; one unless <c>--post all</c> is.</summary>
    /// <exception cref="UserErrorException">A number belongs to a post-process that was not asked for, or is out of its range.</exception>
    public IReadOnlyList<PostprocessOptions?> Read(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        string post = parsed.GetValue(_post)!;
        RefuseOthers(parsed, post, ComponentOptions.ProcessName, OfComponents());
        RefuseOthers(parsed, post, CalibrationOptions.ProcessName, OfCalibration());
        PostprocessOptions?[] chosen = post switch
        {
            ComponentOptions.ProcessName => [ReadComponents(parsed)],
            CalibrationOptions.ProcessName => [ReadCalibration(parsed)],
            All => [null, ReadComponents(parsed), ReadCalibration(parsed)],
            _ => [null],
        };
        try
        {
            foreach (PostprocessOptions? options in chosen)
                options?.Create();
        }
        catch (ArgumentException e)
        {
            throw UserErrorException.Usage(e.Message);
        }
        return chosen;
    }

    private Option[] OfComponents() => [_support, _connectivity, _keep, _peak, _area, _dilation];

    private Option[] OfCalibration() => [_percentile, _gamma, _epsilon];

    private ComponentOptions ReadComponents(ParseResult parsed) => new()
    {
        Support = parsed.GetValue(_support),
        Connectivity = parsed.GetValue(_connectivity) == "8" ? Neighbourhood.Eight : Neighbourhood.Four,
        Keep = parsed.GetValue(_keep),
        Peak = parsed.GetValue(_peak),
        AreaShare = parsed.GetValue(_area),
        Dilation = parsed.GetValue(_dilation),
    };

    private CalibrationOptions ReadCalibration(ParseResult parsed) => new()
    {
        Percentile = parsed.GetValue(_percentile),
        Gamma = parsed.GetValue(_gamma),
        Epsilon = parsed.GetValue(_epsilon),
    };

    // a number that changes nothing is a misunderstanding
    private static void RefuseOthers(ParseResult parsed, string post, string owner, Option[] options)
    {
        if (post == owner || post == All)
            return;
        if (options.FirstOrDefault(option => parsed.GetResult(option) is OptionResult { Implicit: false }) is { } given)
            throw UserErrorException.Usage($"{given.Name} is a number of --post {owner}, and --post is {post}");
    }
}
