using Matting.CommandLine;
using Matting.Testing;

namespace Matting.Shared.Tests.CommandLine;

public sealed class OutputFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_name_that_is_free_is_taken() => OutputFile.Require(_folder.File("new.html"), overwrite: false);

    [Fact]
    public void A_file_that_exists_is_only_replaced_when_asked()
    {
        string path = _folder.File("old.html");
        File.WriteAllText(path, "old");

        UserErrorException refused = Assert.Throws<UserErrorException>(() => OutputFile.Require(path, overwrite: false));

        Assert.Equal($"{path}: the file exists already; choose another name or replace it with --overwrite", refused.Message);
        Assert.Equal(ExitCodes.Failed, refused.ExitCode);
        OutputFile.Require(path, overwrite: true);
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_is_never_replaced(bool overwrite)
    {
        UserErrorException refused = Assert.Throws<UserErrorException>(() => OutputFile.Require(_folder.Path, overwrite));
        Assert.Equal($"{_folder.Path}: is a folder, expected the name of a file", refused.Message);
    }
}
