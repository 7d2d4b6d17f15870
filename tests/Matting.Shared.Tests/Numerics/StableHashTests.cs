using Matting.Shared.Numerics;

namespace Matting.Shared.Tests.Numerics;

public sealed class StableHashTests
{
    [Theory]
    [InlineData("", 0xcbf29ce484222325)]
    [InlineData("a", 0xaf63dc4c8601ec8c)] // from the authors' test vectors
    [InlineData("foobar", 0x85944171f73967e8)]
    [InlineData("segmentation_head.0.weight", 0x7b3e530fb97c74d6)] // from the golden set's description
    public void Names_have_the_published_hashes(string name, ulong hash) => Assert.Equal(hash, StableHash.Fnv1a(name));

    [Fact]
    public void A_name_beyond_ascii_is_hashed_as_utf8() => Assert.NotEqual(StableHash.Fnv1a("ä"), StableHash.Fnv1a("a"));
}
