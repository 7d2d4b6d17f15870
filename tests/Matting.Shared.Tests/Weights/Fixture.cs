using Matting.Testing;

namespace Matting.Shared.Tests.Weights;

/// <summary>The small files that make_fixtures.py wrote, beside it.</summary>
internal static class Fixture
{
    private static readonly string Folder = System.IO.Path.Combine(
        SharedFolder.RepositoryRoot, "tests", "Matting.Shared.Tests", "Weights", "Fixtures");

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));
}
