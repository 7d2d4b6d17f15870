using System.Globalization;
using Matting.Shared.Imaging;

namespace Matting.Trainer.Preparation;

/// <summary>
/// Where the pictures of a cut-out go: <c>alpha/NAME</c>, its composites to <c>images/NAME</c>, <c>images_2/NAME</c> and so on, NAME
/// being its path among the cut-outs. It depends on nothing else, so names stay the same when cut-outs are added.
/// </summary>
internal static class PreparedNames
{
    private const string Extension = ".png";

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? ProblemOf(string identity) =>
        identity.Any(letter => letter == '\\' || char.IsControl(letter))
            ? "its name has a backslash or a control character, which a CSV of samples cannot carry; rename it"
            : null;

    /// <summary>A path in one line of a message, whatever is in it: a question mark in place of each control character.</summary>
    public static string Shown(string path) => string.Concat(path.Select(letter => char.IsControl(letter) ? '?' : letter));

    /// <summary>The alpha of a cut-out, relative to the folder of the results.</summary>
    public static string Alpha(string identity) => "alpha/" + NameOf(identity);

    /// <summary>A composite of a cut-out, relative to the folder of the results.</summary>
    /// <param name="identity">The cut-out.</param>
    /// <param name="number">Which of them, from 0.</param>
    public static string Composite(string identity, int number) =>
        (number == 0 ? "images/" : string.Create(CultureInfo.InvariantCulture, $"images_{number + 1}/")) + NameOf(identity);

    /// <summary>All files of a cut-out: the alpha, then the composites.</summary>
    public static IEnumerable<string> All(string identity, int backgrounds) =>
        Enumerable.Range(0, backgrounds).Select(number => Composite(identity, number)).Prepend(Alpha(identity));

    // x.png stays x.png; x.webp becomes x.webp.png; a file that is itself called x.webp.png becomes x.webp.png.png: no two meet
    private static string NameOf(string identity)
    {
        bool plain = identity.EndsWith(Extension, StringComparison.Ordinal) && !ImageFile.IsImagePath(identity[..^Extension.Length]);
        return plain ? identity : identity + Extension;
    }
}
