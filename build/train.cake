// Train and Export: the published trainer, called with this command line's arguments.
#nullable enable

void Train()
{
    if (HasArgument("resume") && HasArgument("recipe"))
    {
        throw new CakeException("--recipe and --resume exclude each other: a run goes on with its own recipe.");
    }

    string[] what = HasArgument("resume")
        ? ["--resume", AsTyped(Argument<string>("resume")).FullPath]
        : ["--recipe", Argument("recipe", "trainer/recipes/demo.yaml")];
    string[] settings = [.. Arguments<string>("set", []).SelectMany(setting => new[] { "--set", setting })];
    Run(CommandPath("matting-train").FullPath, ["train", .. what, .. settings]);
}

void Export()
{
    var run = HasArgument("run") ? AsTyped(Argument<string>("run")).FullPath : NewestRun();
    if (run is null)
    {
        throw new CakeException($"There is no best checkpoint under {Shown(experiments)}: train first (--target=Train), or name a run with --run=FOLDER.");
    }

    ExportRun(run);
}

// What `dotnet cake` alone does after building.
void ExportNewest()
{
    var run = NewestRun();
    if (run is null)
    {
        Information($"Nothing to export: there is no best checkpoint under {Shown(experiments)} yet. Train one with --target=Train.");
        return;
    }

    ExportRun(run);
}

void ExportRun(string run)
{
    string[] Option(string name) => HasArgument(name) ? [$"--{name}", Argument<string>(name)] : [];
    Run(CommandPath("matting-train").FullPath, ["export", run, .. Option("out"), .. Option("size")]);
}

// The run folder with the best checkpoint that was written last; null where there is none.
string? NewestRun() => GetFiles($"{experiments}/*/**/*_best*.pth")
    .OrderByDescending(checkpoint => System.IO.File.GetLastWriteTimeUtc(checkpoint.FullPath))
    .FirstOrDefault()?.GetDirectory().FullPath;
