// Build: the whole solution, and the two commands published each into a folder of its own.

string configuration = Argument("configuration", "Release");

// Command name and the project it comes from.
var commands = new (string Name, string Project)[]
{
    ("matting", "runtime/Matting.Runtime.Cli/Matting.Runtime.Cli.csproj"),
    ("matting-train", "trainer/Matting.Trainer.Cli/Matting.Trainer.Cli.csproj"),
};

void BuildSolution() => DotNetBuild(solution.FullPath, new DotNetBuildSettings
{
    Configuration = configuration,
    NoLogo = true,
    Verbosity = DotNetVerbosity.Minimal,
});

void PublishCommands()
{
    var published = artifacts.Combine("publish");
    ForgetOtherKinds(published);
    foreach (var (name, project) in commands)
    {
        DotNetPublish(project, new DotNetPublishSettings
        {
            Configuration = configuration,
            NoBuild = true,
            NoLogo = true,
            OutputDirectory = published.Combine(name),
            Verbosity = DotNetVerbosity.Quiet,
        });
        Link(CommandPath(name), $"../publish/{name}/{name}");
    }
}

// MSBuild cleans a publish folder of what it put there itself; what another package mode or configuration
// put there it does not know about.
void ForgetOtherKinds(DirectoryPath published)
{
    var stamp = published.CombineWithFilePath("kind.txt");
    var kind = $"{ReadChoice().Mode} {configuration}\n";
    if (!FileExists(stamp) || System.IO.File.ReadAllText(stamp.FullPath) != kind)
    {
        EnsureDirectoryDoesNotExist(published, new DeleteDirectorySettings { Recursive = true, Force = true });
    }

    ReplaceText(stamp, kind);
}

void Link(FilePath link, string destination)
{
    var file = new System.IO.FileInfo(link.FullPath);
    if (file.LinkTarget == destination)
    {
        return;
    }

    EnsureDirectoryExists(link.GetDirectory());
    file.Delete();
    System.IO.File.CreateSymbolicLink(link.FullPath, destination);
}

// Where the solution's build left the assembly of a project.
FilePath BuiltAssembly(string project) => artifacts.CombineWithFilePath(
    $"build/{ReadChoice().Mode}/bin/{project}/{configuration.ToLowerInvariant()}/{project}.dll");

// In nuget mode the packages depend on the official ones. A stand-in is no package, so in stand-in mode the packed
// dependencies lack it and whoever uses the package has to bring the official one.
void PackLibraries() => DotNetPack(solution.FullPath, new DotNetPackSettings
{
    Configuration = configuration,
    NoBuild = true,
    NoLogo = true,
    OutputDirectory = artifacts.Combine("packages"),
    Verbosity = DotNetVerbosity.Minimal,
});

void Bench() => Run("dotnet", ["exec", BuiltAssembly("Matting.Benchmarks").FullPath,
    "--filter", Argument("filter", "*"), "--artifacts", artifacts.Combine("benchmarks").FullPath]);

void CleanUp()
{
    foreach (var folder in new[] { "build", "publish", "bin", "packages", "test-results", "benchmarks", "demo" })
    {
        EnsureDirectoryDoesNotExist(artifacts.Combine(folder), new DeleteDirectorySettings { Recursive = true, Force = true });
    }
}
