// The command line of the build: what may be given, and what it means. A mistyped argument is an error.

var knownArguments = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase)
{
    ["target"] = "the task to run (Default: build everything, export the newest best checkpoint)",
    ["configuration"] = "Release (default) or Debug",
    ["packages"] = "Setup: nuget or standin instead of what a trial restore finds",
    ["libtorch"] = "Setup: folder of another libtorch (with include/ and lib/), recorded as LibTorchPath",
    ["onnxruntime"] = "Setup: another libonnxruntime.so or its folder, recorded as OnnxRuntimePath",
    ["filter"] = "Test: run the tests whose full name contains this text; Bench: BenchmarkDotNet's glob",
    ["minutes"] = "Fuzz: how long (default 30)",
    ["fuzz-seed"] = "Fuzz: another number gives other inputs (default 1)",
    ["recipe"] = "Train: the recipe (default trainer/recipes/demo.yaml)",
    ["resume"] = "Train: a run folder or state.pth to go on from, instead of --recipe",
    ["set"] = "Train: key=value over the recipe, may be repeated",
    ["run"] = "Export: the run folder or checkpoint (default: the newest under outputs/experiments)",
    ["out"] = "Export: the ONNX file (default: a name under artifacts/models)",
    ["size"] = "Export: the fixed size, 1024 or 512x768 (HxW)",
    ["assemblies"] = "ApiCheck: the folder with the official managed assemblies",
};

// Cake's own settings reach the script too; they are the names with an underscore.
void RefuseUnknownArguments()
{
    var unknown = Context.Arguments.GetArguments().Keys
        .Where(name => !knownArguments.ContainsKey(name) && !name.Contains('_')).ToList();
    if (unknown.Count > 0)
    {
        throw new CakeException($"Unknown argument --{unknown[0]}; known are --{string.Join(", --", knownArguments.Keys)}.");
    }
}

void RefuseUnknownTarget(string name)
{
    if (!Tasks.Any(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
    {
        throw new CakeException($"There is no task '{name}'; the tasks are {string.Join(", ", Tasks.Select(task => task.Name))}.");
    }
}

void PrintHelp()
{
    Console.WriteLine("dotnet cake [--target=TASK] [--ARGUMENT=VALUE ...]\n\nTasks:");
    foreach (var task in Tasks)
    {
        Console.WriteLine($"  {task.Name,-14} {task.Description}");
    }

    Console.WriteLine("\nArguments:");
    foreach (var (name, meaning) in knownArguments)
    {
        Console.WriteLine($"  --{name,-14} {meaning}");
    }
}
