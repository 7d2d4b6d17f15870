namespace Matting.Trainer.Training.Records;

/// <summary>The commit of a working folder, read from its files: no git is needed, and nothing of a repository is executed.</summary>
/// <param name="Commit">The hash of the commit.</param>
/// <param name="Branch">The branch; null when there is none.</param>
internal sealed record GitState(string Commit, string? Branch)
{
    private const string RefPrefix = "ref: ";
    private const string LinkPrefix = "gitdir: ";
    private const string BranchPrefix = "refs/heads/";

    /// <summary>Looks at a folder and the folders above it; null when none is a repository with a commit.</summary>
    public static GitState? Of(string folder)
    {
        try
        {
            for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
            {
                if (GitFolder(at.FullName) is { } git)
                    return OfGitFolder(git);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // a repository that cannot be read is no reason not to train
        }
        return null;
    }

    // a work tree beside the repository, or a submodule, has a file that names the folder
    private static string? GitFolder(string folder)
    {
        string git = Path.Combine(folder, ".git");
        if (Directory.Exists(git))
            return git;
        string? link = File.Exists(git) ? FirstLine(git) : null;
        return link?.StartsWith(LinkPrefix, StringComparison.Ordinal) == true ? Path.GetFullPath(link[LinkPrefix.Length..], folder) : null;
    }

    private static GitState? OfGitFolder(string git)
    {
        string? head = FirstLine(Path.Combine(git, "HEAD"));
        if (head?.StartsWith(RefPrefix, StringComparison.Ordinal) != true)
            return IsHash(head) ? new GitState(head!, null) : null;
        string name = head[RefPrefix.Length..];
        // a work tree of its own keeps its HEAD, and the branches with the repository
        string common = FirstLine(Path.Combine(git, "commondir")) is { } shared ? Path.GetFullPath(shared, git) : git;
        string? commit = FirstLine(Path.Combine(git, name)) ?? FirstLine(Path.Combine(common, name)) ?? Packed(Path.Combine(common, "packed-refs"), name);
        string? branch = name.StartsWith(BranchPrefix, StringComparison.Ordinal) ? name[BranchPrefix.Length..] : null;
        return IsHash(commit) ? new GitState(commit!, branch) : null;
    }

    private static string? Packed(string file, string name) => !File.Exists(file) ? null : File.ReadLines(file)
        .Where(line => line.EndsWith($" {name}", StringComparison.Ordinal))
        .Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]).FirstOrDefault();

    private static string? FirstLine(string file) => File.Exists(file) ? File.ReadLines(file).FirstOrDefault()?.Trim() : null;

    private static bool IsHash(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit);
}
