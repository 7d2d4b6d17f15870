namespace Matting.Trainer.Recipes;

/// <summary>Makes a recipe independent of the folder it is used in.</summary>
internal static class RecipePaths
{
    /// <summary>The same recipe with full paths, as a run stores it.</summary>
    public static Recipe Resolve(Recipe recipe) => recipe with
    {
        Output = Full(recipe.Output),
        Init = recipe.Init == Recipe.RandomInit ? recipe.Init : Path.GetFullPath(recipe.Init),
        Data = recipe.Data with
        {
            Train = Full(recipe.Data.Train),
            Val = Full(recipe.Data.Val),
            Root = Full(recipe.Data.Root),
        },
        Mlflow = recipe.Mlflow with { Folder = Full(recipe.Mlflow.Folder) },
    };

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}
