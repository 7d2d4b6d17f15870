using Matting.Trainer.Configuration;

namespace Matting.Trainer.Tests.Configuration;

public sealed class YamlSettingsTests
{
    [Fact]
    public void Every_node_knows_its_line()
    {
        SettingSection top = YamlSettings.ReadSection("a: 1\n\nb:\n  c: [2, 'three']\n", "f.yaml");

        SettingSection b = Assert.IsType<SettingSection>(top.Find("b")!.Value);
        SettingList list = Assert.IsType<SettingList>(b.Find("c")!.Value);
        Assert.Equal(new SettingPlace("f.yaml", 1), top.Find("a")!.Place);
        Assert.Equal(4, list.Place.Line);
        Assert.Equal("f.yaml:4", list.Items[1].Place.ToString());
        Assert.False(((SettingScalar)list.Items[0]).Quoted);
        Assert.True(((SettingScalar)list.Items[1]).Quoted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    public void An_empty_document_is_an_empty_section(string text) =>
        Assert.Empty(YamlSettings.ReadSection(text, "f.yaml").Entries);

    [Theory]
    [InlineData("a: 1\na: 2\n", 2, "set twice; the first time on line 1")]
    [InlineData("a: &x 1\n", 1, "anchor")]
    [InlineData("a: *x\n", 1, "alias")]
    [InlineData("a: !!int 1\n", 1, "tag")]
    [InlineData("a: 1\n---\nb: 2\n", 2, "second one")]
    [InlineData("- 1\n- 2\n", 1, "expected keys with values")]
    [InlineData("just text\n", 1, "expected keys with values")]
    [InlineData("a: 1\nb: }\n", 2, "not valid YAML")]
    [InlineData("a: [1, 2\n", 2, "not valid YAML")]
    [InlineData("? [1, 2]\n: 3\n", 1, "expected a key")]
    public void What_is_not_plain_is_refused_with_its_line(string text, int line, string message)
    {
        SettingsException e = Assert.Throws<SettingsException>(() => YamlSettings.ReadSection(text, "f.yaml"));

        SettingProblem problem = Assert.Single(e.Problems);
        Assert.Equal(line, problem.Place!.Line);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith($"f.yaml:{line}: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused_before_it_can_exhaust_the_stack()
    {
        string text = string.Concat(Enumerable.Repeat("[", 100_000));

        SettingsException e = Assert.Throws<SettingsException>(() => YamlSettings.ReadSection("a: " + text, "f.yaml"));

        Assert.Contains("levels deep", e.Message, StringComparison.Ordinal);
    }
}
