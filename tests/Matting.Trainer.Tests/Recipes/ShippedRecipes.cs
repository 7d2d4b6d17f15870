using Matting.Trainer.Configuration;

namespace Matting.Trainer.Tests.Recipes;

/// <summary>The recipes that come with the trainer.</summary>
internal static class ShippedRecipes
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "recipes");

    public static string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The dotted names of all settings of a section.</summary>
    public static IEnumerable<string> Keys(SettingSection section, string prefix = "") => section.Entries.SelectMany(entry =>
        entry.Value is SettingSection inner ? Keys(inner, $"{prefix}{entry.Key}.") : [prefix + entry.Key]);
}
