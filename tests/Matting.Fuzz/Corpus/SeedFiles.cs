using System.Reflection;

namespace Matting.Fuzz.Corpus;

/// <summary>The small files that the tests of the readers have, which travel inside this assembly.</summary>
internal static class SeedFiles
{
    private static readonly Assembly Home = typeof(SeedFiles).Assembly;

    /// <summary>All files of some extensions, in the order of their names.</summary>
    public static byte[][] With(params string[] extensions) =>
        [.. Home.GetManifestResourceNames().Where(name => extensions.Contains(Path.GetExtension(name))).Order(StringComparer.Ordinal).Select(Named)];

    public static byte[] Named(string name)
    {
        using Stream stream = Home.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
