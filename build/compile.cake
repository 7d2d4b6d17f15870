// Build: the whole solution, and the two commands published each into a folder of its own.
#nullable enable

string configuration = Argument("configuration", "Release");

// Command name and the project it comes from.
var commands = new (string Name, string Project)[]
{
    ("matting", "runtime/Matting.Runtime.Cli/Matting.Runtime.Cli.csproj"),
    ("matting-train", "trainer/Matting.Trainer.Cli/Matting.Trainer.Cli.csproj"),
};

void BuildSolution() => Run("dotnet", "build", solution.FullPath, "--nologo", "-v:minimal", "-c", configuration);

void PublishCommands()
{
    var published = artifacts.Combine("publish");
    ForgetOtherKinds(published);

    // The folder of the .NET that runs this. Its slash at the end is needed: `dotnet publish` loses an argument that ends in /dotnet.
    var dotnet = System.IO.Path.GetDirectoryName(System.Environment.ProcessPath)!;
    foreach (var (name, project) in commands)
    {
        var folder = published.Combine(name).FullPath;
        Run("dotnet", "publish", project, "--no-build", "--nologo", "-v:quiet", "-c", configuration, "-o", folder,
            $"-p:AppHostRelativeDotNet={System.IO.Path.GetRelativePath(folder, dotnet)}/");
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

void Bench() => Run("dotnet", ["exec", BuiltAssembly("Matting.Benchmarks").FullPath,
    "--filter", Argument("filter", "*"), "--artifacts", artifacts.Combine("benchmarks").FullPath]);

void CleanUp()
{
    foreach (var folder in new[] { "build", "publish", "bin", "packages", "package-trial", "test-results", "benchmarks", "demo", "fuzz" })
    {
        EnsureDirectoryDoesNotExist(artifacts.Combine(folder), new DeleteDirectorySettings { Recursive = true, Force = true });
    }
}
