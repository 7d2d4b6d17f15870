using Matting.Shared.Files;
using Matting.Testing;

namespace Matting.Shared.Tests.Files;

public sealed class FileHashTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void The_examples_of_the_standard_come_out(string content, string expected) =>
        Assert.Equal(expected, FileHash.Sha256(_folder.Text("a", content)));

    [Fact]
    public void A_missing_file_is_an_error() => Assert.Throws<FileNotFoundException>(() => FileHash.Sha256(_folder.File("missing")));
}
