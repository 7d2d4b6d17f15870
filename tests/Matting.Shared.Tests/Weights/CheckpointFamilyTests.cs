using Matting.Shared.Weights;
using Matting.Testing;

namespace Matting.Shared.Tests.Weights;

public sealed class CheckpointFamilyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_file_has_no_number() =>
        Assert.Equal(_folder.File("u2netp_best.pth"), CheckpointFamily.NextPath(_folder.Path, "u2netp_best"));

    [Fact]
    public void A_folder_that_is_not_there_has_no_members()
    {
        string missing = _folder.File("later");
        Assert.Null(CheckpointFamily.Newest(missing, "u2netp_best"));
        Assert.Equal(Path.Combine(missing, "u2netp_best.pth"), CheckpointFamily.NextPath(missing, "u2netp_best"));
        Assert.False(Directory.Exists(missing));
    }

    [Theory]
    [InlineData("u2netp_best_2.pth", "u2netp_best.pth", "u2netp_best.pth")]
    [InlineData("u2netp_best_3.pth", "u2netp_best_2.pth", "u2netp_best.pth u2netp_best_2.pth")]
    [InlineData("u2netp_best_11.pth", "u2netp_best_10.pth", "u2netp_best_9.pth u2netp_best_10.pth")]
    [InlineData("u2netp_best_6.pth", "u2netp_best_5.pth", "u2netp_best_5.pth")]
    public void Each_run_takes_the_next_number_and_loading_the_highest(string next, string newest, string existing)
    {
        foreach (string name in existing.Split(' '))
            _folder.Text(name, "");
        Assert.Equal(_folder.File(next), CheckpointFamily.NextPath(_folder.Path, "u2netp_best", "pth"));
        Assert.Equal(_folder.File(newest), CheckpointFamily.Newest(_folder.Path, "u2netp_best"));
    }

    [Fact]
    public void Age_does_not_matter()
    {
        string second = _folder.Text("net_best_2.pth", "");
        File.SetLastWriteTimeUtc(_folder.Text("net_best.pth", ""), DateTime.UtcNow.AddDays(1));
        Assert.Equal(second, CheckpointFamily.Newest(_folder.Path, "net_best"));
    }

    [Theory]
    [InlineData("other_best.pth")]
    [InlineData("net_best_2.onnx")]
    [InlineData("net_best_02.pth")]
    [InlineData("net_best_1.pth")]
    [InlineData("net_best_0.pth")]
    [InlineData("net_best_-2.pth")]
    [InlineData("net_best_.pth")]
    [InlineData("net_best_2x.pth")]
    [InlineData("net_best2.pth")]
    [InlineData("net_best_99999999999999999999.pth")]
    [InlineData("net_best_9223372036854775807.pth")]
    [InlineData(".net_best.pth.123-abc.tmp")]
    public void Other_names_are_no_members(string name)
    {
        _folder.Text(name, "");
        Assert.Null(CheckpointFamily.Newest(_folder.Path, "net_best"));
        Assert.Equal(_folder.File("net_best.pth"), CheckpointFamily.NextPath(_folder.Path, "net_best"));
    }
}
