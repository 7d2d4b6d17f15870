using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Tests.Recipes;

public sealed class ShippedRecipeTests
{
    private static readonly string[] Data = ["data.train=t.csv", "data.val=v.csv"];

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.yaml")];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "recipes");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_shipped_recipe_is_valid(string file) => RecipeFile.Load(file, Data);

    [Fact]
    public void The_base_recipe_shows_every_setting()
    {
        string file = Path.Combine(Folder, "u2netp.yaml");
        Recipe recipe = RecipeFile.Load(file, Data);

        string[] written = [.. Keys(YamlSettings.ReadSection(File.ReadAllText(file), file))];
        string[] known = [.. Keys(YamlSettings.ReadSection(SettingWriter.Write(recipe), "all"))];

        Assert.Empty(known.Except(written));
    }

    private static IEnumerable<string> Keys(SettingSection section, string prefix = "") => section.Entries.SelectMany(entry =>
        entry.Value is SettingSection inner ? Keys(inner, $"{prefix}{entry.Key}.") : [prefix + entry.Key]);
}
