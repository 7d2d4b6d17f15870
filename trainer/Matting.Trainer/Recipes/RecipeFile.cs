using Matting.Shared.Files;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Recipes;

/// <summary>Reads and writes recipes as YAML.</summary>
public static class RecipeFile
{
    /// <summary>Reads a recipe and puts overrides over it.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="overrides">Texts <c>a.b=value</c>, see <see cref="SettingOverride"/>.</param>
    /// <exception cref="SettingsException">Anything that is not a known key with a right value, with file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Recipe Load(string path, IEnumerable<string>? overrides = null)
    {
        // the system would only say that access is denied
        if (Directory.Exists(path))
            throw new IOException($"{path}: is a folder, expected a recipe");
        return Parse(File.ReadAllText(path), path, overrides);
    }

    /// <summary>Reads a recipe from YAML text; see <see cref="Load"/>.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="source">How messages name it.</param>
    /// <param name="overrides">Texts <c>a.b=value</c>.</param>
    public static Recipe Parse(string text, string source, IEnumerable<string>? overrides = null) =>
        SettingBinder.Bind<Recipe>(SettingOverride.Apply(YamlSettings.ReadSection(text, source), overrides ?? []));

    /// <summary>Writes every setting of a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="overwrite">False: an existing file is an error.</param>
    /// <exception cref="IOException">The file exists, or the disk refuses.</exception>
    public static void Write(string path, Recipe recipe, bool overwrite = false) =>
        AtomicFile.WriteText(path, SettingWriter.Write(recipe), overwrite);
}
