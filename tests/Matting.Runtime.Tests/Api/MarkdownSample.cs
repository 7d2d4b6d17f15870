using System.Text.RegularExpressions;
using Matting.Testing;

namespace Matting.Runtime.Tests.Api;

/// <summary>A block of C# in a Markdown file.</summary>
/// <param name="File">The file, relative to the repository.</param>
/// <param name="Line">Number of its first line, from 1.</param>
/// <param name="Code">Its text.</param>
internal sealed partial record MarkdownSample(string File, int Line, string Code)
{
    /// <summary>All blocks that are marked <c>csharp</c>, in order.</summary>
    public static MarkdownSample[] Of(string file)
    {
        string text = System.IO.File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, file)).ReplaceLineEndings("\n");
        return [.. Block().Matches(text).Select(block => new MarkdownSample(file, text[..block.Groups["code"].Index].Count(c => c == '\n') + 1, block.Groups["code"].Value))];
    }

    [GeneratedRegex(@"^```(csharp|cs|c#)[ \t]*\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Block();
}
