using Matting.Shared.Networks;

namespace Matting.Shared.Tests.Networks;

public sealed class NetworkCatalogueTests
{
    [Fact]
    public void Every_name_creates_the_network_of_that_name()
    {
        Assert.Contains("u2netp", NetworkCatalogue.Names);
        foreach (string name in NetworkCatalogue.Names)
            Assert.Equal(name, NetworkCatalogue.Create(name).Name);
    }

    [Theory]
    [InlineData("u2net")]
    [InlineData("U2NETP")]
    [InlineData("")]
    public void An_unknown_name_is_refused_and_the_known_ones_are_listed(string name)
    {
        NetworkException error = Assert.Throws<NetworkException>(() => NetworkCatalogue.Create(name));
        Assert.Equal($"unknown network '{name}'; known: {string.Join(", ", NetworkCatalogue.Names)}", error.Message);
    }
}
