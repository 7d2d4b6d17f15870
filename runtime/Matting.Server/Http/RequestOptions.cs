using System.Globalization;
using Matting.CommandLine.Options;
using Matting.Runtime;
using Matting.Server.Work;
using Matting.Shared.Imaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Matting.Server.Http;

/// <summary>What the query of a request asks for, in the words of <c>matting predict</c>.</summary>
/// <param name="Predict">How its picture is read and predicted.</param>
/// <param name="Result">What is made of it and its alpha.</param>
/// <param name="Format">How that is written. The header Accept is not looked at: a client that asks for a format in the query gets it, any other one PNG.</param>
internal sealed record RequestOptions(PredictOptions Predict, ResultOptions Result, AnswerFormat Format)
{
    private const string ModelOption = "model";
    private static readonly string Names = "model, size, tta, orientation, kind, background, decontaminate, result-size, format, quality, colour-profile, " + string.Join(", ", PostQuery.Names);

    /// <exception cref="ProblemException">An option is unknown, given twice or out of range, or not one for this model.</exception>
    public static RequestOptions Parse(IQueryCollection query, ServerOptions server, IServedModel model)
    {
        RequestOptions options = new(server.Predict, ResultOptions.Default, AnswerFormat.Png);
        List<(string Name, string Value)> post = [];
        foreach ((string name, StringValues values) in query)
        {
            string value = Single(name, values);
            if (PostQuery.Names.Contains(name))
            {
                post.Add((name, value));
                continue;
            }
            options = name switch
            {
                // chosen before the others are read
                ModelOption => options,
                "size" => options with { Predict = options.Predict with { Size = Size(value, server, model) } },
                "tta" => options with { Predict = options.Predict with { Tta = Choice(name, value, ("none", TestTimeAugmentation.None), ("flip", TestTimeAugmentation.Flip)) } },
                "orientation" => options with { Predict = options.Predict with { Reading = Reading(options, value) } },
                "kind" => options with { Result = options.Result with { Kind = Kind(value) } },
                "background" => options with { Result = options.Result with { Background = Colour(value) } },
                "decontaminate" => options with { Result = options.Result with { Decontaminate = Choice(name, value, ("on", true), ("off", false)) } },
                "result-size" => options with { Result = options.Result with { Size = Choice(name, value, ("picture", ResultSize.Picture), ("network", ResultSize.Network)) } },
                "format" => options with { Format = Choice(name, value, ("png", AnswerFormat.Png), ("webp", AnswerFormat.Webp), ("jpeg", AnswerFormat.Jpeg)) with { Quality = options.Format.Quality } },
                "quality" => options with { Format = options.Format with { Quality = Quality(value) } },
                "colour-profile" => options with { Predict = options.Predict with { Reading = Profile(options, value) } },
                _ => throw ProblemException.BadRequest($"unknown option {Shown(name)}; there are {Names}"),
            };
        }
        if (post.Count > 0)
            options = options with { Predict = options.Predict with { Post = PostQuery.Read(post) } };
        options.Format.Check(options.Result.Kind);
        return options.Result.Kind == ResultKind.Composite || !query.ContainsKey("background")
            ? options
            : throw ProblemException.BadRequest("a background is for kind=composite only");
    }

    /// <summary>The name of the model that a request asks for; null for one that says nothing.</summary>
    /// <exception cref="ProblemException">It is given twice.</exception>
    public static string? ModelName(IQueryCollection query) => query.TryGetValue(ModelOption, out StringValues values) ? Single(ModelOption, values) : null;

    /// <summary>What a client wrote, fit for a message: it stays a line of some length.</summary>
    public static string Shown(string text)
    {
        const int Longest = 40;
        string clean = string.Concat(text.Where(character => !char.IsControl(character)));
        return clean.Length <= Longest ? clean : clean[..Longest] + "...";
    }

    private static string Single(string name, StringValues values) =>
        values is [{ } value] ? value : throw ProblemException.BadRequest($"{Shown(name)} is given {values.Count} times");

    private static int Quality(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int quality) && quality is >= 1 and <= 100
        ? quality
        : throw ProblemException.BadRequest($"quality {Shown(value)}: expected a whole number from 1 to 100");

    private static ResultKind Kind(string value) =>
        Choice("kind", value, ("alpha", ResultKind.Alpha), ("cutout", ResultKind.Cutout), ("composite", ResultKind.Composite));

    // a colour and nothing else: a request names no file
    private static ResultBackground Colour(string value) => ResultBackground.TryParseColour(value, out ResultBackground colour)
        ? colour
        : throw ProblemException.BadRequest($"background {Shown(value)}: expected a colour as #rrggbb or #rgb (in an address # is written %23)");

    private static ImageReadOptions Reading(RequestOptions options, string value) => options.Predict.Reading with
    {
        Orientation = Choice("orientation", value, ("apply", ExifOrientation.Apply), ("ignore", ExifOrientation.Ignore)),
    };

    private static ImageReadOptions Profile(RequestOptions options, string value) => options.Predict.Reading with
    {
        ColourProfile = Choice("colour-profile", value, ("keep", EmbeddedProfile.Keep), ("drop", EmbeddedProfile.Drop)),
    };

    private static NetworkSize Size(string value, ServerOptions server, IServedModel model)
    {
        if (!PictureSize.TryParse(value, out PictureSize parsed))
            throw ProblemException.BadRequest($"size {Shown(value)}: expected a number of pixels such as 1024, or height x width such as 512x768");
        NetworkSize size = new(parsed.Height, parsed.Width);
        if (model.FixedSize is { } only && only != size)
            throw ProblemException.BadRequest($"size {size}: this model runs at {only} only");
        int longest = server.Predict.LongestSide;
        return model.FixedSize is not null || Math.Max(size.Height, size.Width) <= longest
            ? size
            : throw ProblemException.BadRequest($"size {size}: this server allows sides up to {longest} pixels");
    }

    private static T Choice<T>(string name, string value, params (string Word, T Value)[] choices)
    {
        int index = Array.FindIndex(choices, choice => choice.Word == value);
        return index >= 0
            ? choices[index].Value
            : throw ProblemException.BadRequest($"{name} {Shown(value)}: expected {string.Join(" or ", choices.Select(choice => choice.Word))}");
    }
}
