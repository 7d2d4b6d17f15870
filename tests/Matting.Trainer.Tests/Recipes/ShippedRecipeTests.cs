using Matting.Trainer.Configuration;
using Matting.Trainer.Recipes;

namespace Matting.Trainer.Tests.Recipes;

public sealed class ShippedRecipeTests
{
    private static readonly string[] Data = ["data.train=t.csv", "data.val=v.csv"];

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(ShippedRecipes.Folder, "*.yaml")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_shipped_recipe_is_valid(string file) => RecipeFile.Load(file, Data);

    [Fact]
    public void The_base_recipe_shows_every_setting()
    {
        string file = ShippedRecipes.PathOf("u2netp.yaml");
        Recipe recipe = RecipeFile.Load(file, Data);

        string[] written = [.. ShippedRecipes.Keys(YamlSettings.ReadSection(File.ReadAllText(file), file))];
        string[] known = [.. ShippedRecipes.Keys(YamlSettings.ReadSection(SettingWriter.Write(recipe), "all"))];

        Assert.Empty(known.Except(written));
    }
}
