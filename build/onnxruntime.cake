// The native ONNX Runtime of stand-in mode: the official library, as the npm package onnxruntime-node carries it.
#nullable enable
#r "System.Formats.Tar"

DirectoryPath fetchedOnnxRuntime = artifacts.Combine("native/onnxruntime");

// A fetched library is recorded relative to the record, so that a moved repository still finds it.
const string besideTheRecord = "$(MSBuildThisFileDirectory)";

// Not a library that the user pointed to: Setup keeps it at the version of Directory.Packages.props.
bool IsFetched(string path) => path == "" || path.StartsWith(besideTheRecord);

// Downloads the library unless it is there; returns its folder as MSBuild finds it. The package's own scripts never
// run: they would fetch CUDA libraries from elsewhere.
string FetchOnnxRuntime()
{
    var version = OnnxRuntimeVersion();
    var folder = fetchedOnnxRuntime.Combine(version);
    var recorded = besideTheRecord + artifacts.GetRelativePath(folder).FullPath;
    if (DirectoryExists(folder))
    {
        return recorded;
    }

    if (!IsOnPath("npm"))
    {
        InstallMissing(npmPackages);
    }

    var package = $"onnxruntime-node@{version}";
    Information($"Fetching the ONNX Runtime library out of the npm package {package}.");
    var aside = fetchedOnnxRuntime.Combine($"partial-{System.Environment.ProcessId}");
    EnsureDirectoryExists(aside);
    try
    {
        var packed = Capture(TimeSpan.FromMinutes(30), "npm", "pack", package, "--ignore-scripts", "--pack-destination", aside.FullPath);
        if (packed.ExitCode != 0)
        {
            throw new CakeException($"npm could not fetch {package}: {(packed.TimedOut ? "no answer within 30 minutes" : packed.Output.Trim())}");
        }

        var archive = GetFiles($"{aside}/*.tgz").Single();
        var content = aside.Combine("content");
        EnsureDirectoryExists(content);
        ExtractLibrary(archive, content.CombineWithFilePath("libonnxruntime.so.1"));
        System.IO.Directory.Move(content.FullPath, folder.FullPath);
    }
    finally
    {
        System.IO.Directory.Delete(aside.FullPath, recursive: true);
    }

    return recorded;
}

void ExtractLibrary(FilePath archive, FilePath library)
{
    var architecture = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
    var wanted = $"/linux/{architecture}/{library.GetFilename()}";
    using var compressed = System.IO.File.OpenRead(archive.FullPath);
    using var plain = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionMode.Decompress);
    using var entries = new System.Formats.Tar.TarReader(plain);
    while (entries.GetNextEntry() is { } entry)
    {
        if (entry.Name.EndsWith(wanted))
        {
            entry.ExtractToFile(library.FullPath, overwrite: false);
            return;
        }
    }

    throw new CakeException($"{archive.GetFilename()} has no {wanted}: give the library of this machine with --onnxruntime=FILE.");
}

string OnnxRuntimeVersion() => System.Xml.Linq.XDocument
    .Load(repository.CombineWithFilePath("Directory.Packages.props").FullPath).Descendants("OnnxRuntimeVersion").Single().Value;
