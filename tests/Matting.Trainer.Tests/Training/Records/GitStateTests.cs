using Matting.Testing;
using Matting.Trainer.Training.Records;

namespace Matting.Trainer.Tests.Training.Records;

public sealed class GitStateTests : IDisposable
{
    private const string First = "0123456789abcdef0123456789abcdef01234567";
    private const string Second = "fedcba9876543210fedcba9876543210fedcba98";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_branch_is_found_from_a_folder_inside()
    {
        _folder.Text(".git/HEAD", "ref: refs/heads/feature/x\n");
        _folder.Text(".git/refs/heads/feature/x", First + "\n");
        Directory.CreateDirectory(_folder.File("a", "b"));
        Assert.Equal(new GitState(First, "feature/x"), GitState.Of(_folder.File("a", "b")));
    }

    [Fact]
    public void A_packed_branch_and_a_detached_head_are_found()
    {
        _folder.Text(".git/HEAD", "ref: refs/heads/main\n");
        _folder.Text(".git/packed-refs", $"# pack-refs with: peeled\n{First} refs/heads/other\n{Second} refs/heads/main\n");
        Assert.Equal(new GitState(Second, "main"), GitState.Of(_folder.Path));
        _folder.Text(".git/HEAD", First + "\n");
        Assert.Equal(new GitState(First, null), GitState.Of(_folder.Path));
    }

    [Fact]
    public void A_work_tree_of_its_own_takes_its_branch_from_the_repository()
    {
        _folder.Text("repository/.git/refs/heads/side", Second);
        _folder.Text("repository/.git/worktrees/tree/HEAD", "ref: refs/heads/side");
        _folder.Text("repository/.git/worktrees/tree/commondir", "../..");
        _folder.Text("tree/.git", "gitdir: ../repository/.git/worktrees/tree\n");
        Assert.Equal(new GitState(Second, "side"), GitState.Of(_folder.File("tree")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("ref: refs/heads/none")]
    [InlineData("ref: ../../../etc/passwd")]
    public void What_is_no_commit_is_none(string head)
    {
        _folder.Text(".git/HEAD", head);
        Assert.Null(GitState.Of(_folder.Path));
    }

    [Fact]
    public void A_link_to_nowhere_is_none()
    {
        _folder.Text(".git", "gitdir: /nowhere/at/all\n");
        Assert.Null(GitState.Of(_folder.Path));
    }
}
