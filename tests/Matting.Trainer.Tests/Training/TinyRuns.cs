using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Tests.Data;

namespace Matting.Trainer.Tests.Training;

/// <summary>Runs of seconds: U2NETP on a handful of small pictures.</summary>
internal static class TinyRuns
{
    public static Recipe Recipe(TempFolder folder, string output, int epochs = 2) => new()
    {
        Output = folder.File(output),
        Seed = 7,
        Epochs = epochs,
        Batch = 2,
        Data = new DataRecipe { Train = Table(folder, "train.csv", 5), Val = Table(folder, "val.csv", 3), Workers = 2 },
        Augment = new AugmentRecipe { Crop = 64 },
        Validation = new ValidationRecipe { Size = 40, Batch = 2 },
        Optimiser = new AdamWRecipe { Lr = 2e-3 },
        // one thread: beside another busy process two would wait for each other; the allocator's other setting
        // would hold for the whole process, so for all tests after this one
        Machine = new MachineRecipe { Allocator = "system", Threads = 1 },
    };

    private static string Table(TempFolder folder, string name, int count) =>
        File.Exists(folder.File(name)) ? folder.File(name) : SampleFiles.Write(folder, name, count, 48, 36, seed: name.Length);
}
