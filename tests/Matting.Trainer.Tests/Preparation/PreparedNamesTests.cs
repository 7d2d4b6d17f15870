using Matting.Trainer.Preparation;

namespace Matting.Trainer.Tests.Preparation;

public sealed class PreparedNamesTests
{
    private static readonly string[] Names =
    [
        "x.png", "x.PNG", "x.webp", "x.tif", "x.tiff", "x.webp.png", "x.webp.png.png", "x.png.png", "x.png.webp", "a/x.png", "b/x.png", "a/x.webp",
    ];

    [Fact]
    public void No_two_cutouts_meet_in_one_file()
    {
        string[] written = [.. Names.SelectMany(name => PreparedNames.All(name, 3))];
        Assert.Equal(4 * Names.Length, written.Distinct(StringComparer.Ordinal).Count());
        Assert.All(written, name => Assert.EndsWith(".png", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Png_files_keep_their_names_and_others_get_an_extension()
    {
        Assert.Equal(["alpha/a/x.png", "images/a/x.png", "images_2/a/x.png"], PreparedNames.All("a/x.png", 2));
        Assert.Equal(["alpha/x.webp.png", "images/x.webp.png"], PreparedNames.All("x.webp", 1));
    }

    [Fact]
    public void A_name_of_several_lines_is_shown_in_one() =>
        Assert.Equal("cutouts/new?line?.png", PreparedNames.Shown("cutouts/new\nline\t.png"));

    [Theory]
    [InlineData("a\\x.png", true)]
    [InlineData("a\nx.png", true)]
    [InlineData("a, \"x\" ü.png", false)]
    public void Names_that_a_CSV_cannot_carry_are_a_problem(string name, bool problem) => Assert.Equal(problem, PreparedNames.ProblemOf(name) is not null);
}
