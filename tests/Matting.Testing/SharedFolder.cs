using Xunit;

namespace Matting.Testing;

/// <summary>The folder <c>shared</c> beside the checkout: golden data and photographs for trials.</summary>
public static class SharedFolder
{
    /// <summary>The repository's root: the nearest folder above the tests that holds Matting.sln.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The folder, or null where there is none.</summary>
    public static string? Find()
    {
        string folder = Path.Combine(RepositoryRoot, "..", "shared");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    /// <summary>The photographs, in the order of their names; skips the running test where there are none.</summary>
    public static string[] RequirePhotos()
    {
        string? shared = Find();
        string? photos = shared is null ? null : Path.Combine(shared, "photos");
        Assert.SkipUnless(Directory.Exists(photos), "SKIPPED: no photographs (../shared/photos)");
        return [.. Directory.GetFiles(photos!, "*.jpg").Order(StringComparer.Ordinal)];
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Matting.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"no Matting.sln above {AppContext.BaseDirectory}");
    }
}
