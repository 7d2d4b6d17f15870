// Pack: the libraries as NuGet packages; what lies in them is looked at, and a program that has nothing else is built and run.
#nullable enable

// Every package, its project, and what it must name as dependencies.
var packed = new (string Id, string Project, string[] Needs)[]
{
    ("Matting.Shared", "shared/Matting.Shared/Matting.Shared.csproj", ["SixLabors.ImageSharp", "OpenCvSharp4", "Google.Protobuf", "System.Numerics.Tensors"]),
    ("Matting.Runtime", "runtime/Matting.Runtime/Matting.Runtime.csproj", ["Matting.Shared", "Microsoft.ML.OnnxRuntime.Managed"]),
    ("Matting.Trainer", "trainer/Matting.Trainer/Matting.Trainer.csproj", ["Matting.Shared", "TorchSharp", "YamlDotNet"]),
};

// The stand-ins of which these libraries are built, by the packages that they stand for.
string[] packedStandIns =
[
    "shared/standins/ImageSharp/SixLabors.ImageSharp.csproj", "shared/standins/OpenCvSharp/OpenCvSharp.csproj",
    "runtime/standins/OnnxRuntime/Microsoft.ML.OnnxRuntime.csproj",
];

DirectoryPath packages = artifacts.Combine("packages");
DirectoryPath packageTrial = artifacts.Combine("package-trial");

void PackLibraries()
{
    EnsureDirectoryExists(packages);
    CleanDirectory(packages);
    foreach (var (id, project, needs) in packed)
    {
        PackProject(project, packages);
        CheckPackage(id, needs);
    }

    TryPackages();
}

void PackProject(string project, DirectoryPath folder, params string[] more) =>
    Run("dotnet", ["pack", project, "--no-build", "--nologo", "-v:quiet", "-c", configuration, "-o", folder.FullPath, .. more]);

void CheckPackage(string id, string[] needs)
{
    var files = GetFiles($"{packages}/{id}.*.nupkg");
    if (files.Count != 1)
    {
        throw new CakeException($"Pack made {files.Count} packages {id}, expected one.");
    }

    var file = files.Single();
    using var content = System.IO.Compression.ZipFile.OpenRead(file.FullPath);
    foreach (var entry in new[] { $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", "README.md" })
    {
        if (content.GetEntry(entry) is null)
        {
            throw new CakeException($"{Shown(file)} lacks {entry}.");
        }
    }

    // nobody is to get a stand-in from us under an official name
    var foreign = content.Entries.Where(entry => entry.FullName.StartsWith("lib/") && !entry.Name.StartsWith("Matting.") || entry.FullName.StartsWith("runtimes/")).ToList();
    if (foreign.Count > 0)
    {
        throw new CakeException($"{Shown(file)} brings {foreign[0].FullName}, which is not ours.");
    }

    using var nuspec = content.GetEntry($"{id}.nuspec")!.Open();
    var dependencies = System.Xml.Linq.XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")
        .ToDictionary(element => (string)element.Attribute("id")!, element => (string)element.Attribute("version")!);
    var lacking = needs.Where(need => !dependencies.ContainsKey(need)).ToList();
    if (lacking.Count > 0)
    {
        throw new CakeException($"{Shown(file)} does not depend on {string.Join(", ", lacking)}.");
    }

    if (!FileExists(file.ChangeExtension("snupkg")))
    {
        throw new CakeException($"{Shown(file)} has no package of symbols beside it.");
    }

    Information($"{Shown(file)}: {string.Join(", ", dependencies.Select(pair => $"{pair.Key} {pair.Value}"))}.");
}

// build/probes/PackageTrial has the packages and no project of this repository. In stand-in mode the packages that they depend
// on are not to be had: there the stand-ins are packed in their place, for this trial only, into folders that nothing else reads.
void TryPackages()
{
    EnsureDirectoryExists(packageTrial);
    CleanDirectory(packageTrial);
    var standIns = packageTrial.Combine("standins");
    EnsureDirectoryExists(standIns);
    var isStandIn = ReadChoice().Mode == "standin";
    foreach (var project in isStandIn ? packedStandIns : [])
    {
        PackProject(project, standIns, "-p:IsPackable=true");
    }

    var output = packageTrial.Combine("bin");
    Run("dotnet", "build", "build/probes/PackageTrial/PackageTrial.csproj", "--nologo", "-v:quiet", "-c", configuration, "-o", output.FullPath, "-p:RestoreForce=true");
    Run("dotnet", "exec", output.CombineWithFilePath("PackageTrial.dll").FullPath, packageTrial.Combine("work").FullPath);
    Information(isStandIn
        ? "The packages were tried with the stand-ins. With the official packages, which they depend on, they could not be tried here."
        : "The packages were tried with the official packages that they depend on.");
}
