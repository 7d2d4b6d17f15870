using Matting.CommandLine.Options;

namespace Matting.Shared.Tests.CommandLine;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("2000000", 2_000_000)]
    [InlineData("12B", 12)]
    [InlineData("2kB", 2000)]
    [InlineData("512MiB", 512L << 20)]
    [InlineData("512mib", 512L << 20)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("1.5GiB", 3L << 29)]
    [InlineData("3TB", 3_000_000_000_000)]
    public void An_amount_of_memory_is_read(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out long read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.1")]
    [InlineData("-1")]
    [InlineData("1,5GB")]
    [InlineData("GB")]
    [InlineData("2 GB")]
    [InlineData("2GB\n")]
    [InlineData("2G")]
    [InlineData("2iB")]
    [InlineData("1e9")]
    [InlineData("9999999999999999999")]
    [InlineData("999999999999TiB")]
    [InlineData("１")]
    public void Anything_else_is_none(string? text) => Assert.False(ByteSize.TryParse(text, out _));
}
