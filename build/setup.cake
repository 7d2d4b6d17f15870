// Setup: which packages the build takes, and what that choice needs on this machine.
#nullable enable

sealed record PackageChoice
{
    public string Mode { get; init; } = "";
    public string TorchNative { get; init; } = "";
    public string ReadyToRun { get; init; } = "";
    public string LibTorch { get; init; } = "";
    public string OnnxRuntime { get; init; } = "";
}

void SetUp()
{
    var recorded = ReadChoice();
    var asked = Asked("packages", "MattingPackages");
    if (asked is not ("" or "nuget" or "standin"))
    {
        throw new CakeException($"--packages={asked}: the modes are nuget and standin.");
    }

    // --packages starts afresh: everything but what this command line says is found out again
    var choice = recorded;
    if (asked != "" || recorded.Mode == "")
    {
        choice = new PackageChoice { TorchNative = HasCudaDevice() ? "cuda-linux" : "cpu", ReadyToRun = DecideReadyToRun() };
        var (mode, reason) = asked != "" ? (asked, "as asked for") : DecideMode(choice.TorchNative);
        choice = choice with { Mode = mode };
        Information($"Packages: {mode}, {reason}.");
    }
    else
    {
        Information($"Packages: {choice.Mode}, as recorded in {Shown(recordedPackages)} (--packages=nuget|standin changes it).");
    }

    choice = choice with
    {
        LibTorch = CheckedLibTorch(Asked("libtorch", "LibTorchPath"), choice.LibTorch),
        OnnxRuntime = CheckedOnnxRuntime(Asked("onnxruntime", "OnnxRuntimePath"), choice.OnnxRuntime),
    };
    if (choice.Mode == "standin")
    {
        InstallDebianPackages(withLibTorch: choice.LibTorch == "");
        choice = choice with { OnnxRuntime = IsFetched(choice.OnnxRuntime) ? FetchOnnxRuntime() : choice.OnnxRuntime };
    }

    Record(choice);
}

// What the argument says, or else the environment variable that MSBuild would read too.
string Asked(string argument, string variable) => Argument(argument, EnvironmentVariable(variable) ?? "");

// Restores the official packages for real: what the sources have is what counts, not what they are called.
(string Mode, string Reason) DecideMode(string torchNative)
{
    var outcome = TryRestore("OfficialPackages", "-p:MattingPackages=nuget", $"-p:MattingTorchNative={torchNative}");
    if (outcome.ExitCode == 0)
    {
        return ("nuget", "because the package sources have the official packages");
    }

    var lacking = System.Text.RegularExpressions.Regex
        .Matches(outcome.Output, @"NU110[123]: Unable to find a?[a-z ]*package ([^\s.]+(?:\.[^\s.]+)*)")
        .Select(match => match.Groups[1].Value).Distinct().ToList();
    return ("standin", lacking.Count > 0
        ? $"because the package sources lack {string.Join(", ", lacking)}"
        : $"because the trial restore of the official packages failed ({FirstError(outcome)})");
}

// Without the compiler package the commands are compiled when they start: slower by some tens of milliseconds.
string DecideReadyToRun()
{
    var outcome = TryRestore("ReadyToRun");
    if (outcome.ExitCode != 0)
    {
        Information($"The commands are not compiled ahead of time: {FirstError(outcome)}.");
    }

    return outcome.ExitCode == 0 ? "true" : "false";
}

// The limit is for a source that accepts connections and never answers; a slow download of gigabytes fits into it.
Outcome TryRestore(string probe, params string[] properties) =>
    Capture(TimeSpan.FromMinutes(40), "dotnet", ["restore", $"build/probes/{probe}.csproj", "--force", .. properties]);

string FirstError(Outcome outcome) => outcome.TimedOut
    ? "no answer within the time limit"
    : outcome.Output.Split('\n').FirstOrDefault(line => line.Contains("error"))?.Split("error ", 2)[^1].Trim().TrimEnd('.')
        ?? $"exit code {outcome.ExitCode}";

bool HasCudaDevice() => Capture(TimeSpan.FromSeconds(30), "nvidia-smi", "-L") is { ExitCode: 0 } found && found.Output.Contains("GPU");

// The folder that was asked for, else the recorded one: it must have headers and libraries, in itself or, as a
// PyTorch install has them, in its folder torch.
string CheckedLibTorch(string asked, string recorded)
{
    var folder = asked != "" ? AsTyped(asked).FullPath : recorded;
    return folder == "" || new[] { folder, $"{folder}/torch" }.Any(root => DirectoryExists($"{root}/include") && DirectoryExists($"{root}/lib"))
        ? folder
        : throw new CakeException($"libtorch: {folder} has no include/ and lib/ folders. Give the folder of an installed torch package with --libtorch=DIR.");
}

// A library file, or a folder with libonnxruntime.so or libonnxruntime.so.1 in it.
string CheckedOnnxRuntime(string asked, string recorded)
{
    var path = asked != "" ? AsTyped(asked).FullPath : recorded;
    return IsFetched(path) || FileExists(path) || FileExists($"{path}/libonnxruntime.so") || FileExists($"{path}/libonnxruntime.so.1")
        ? path
        : throw new CakeException($"ONNX Runtime: {path} is neither a library nor a folder with libonnxruntime.so. Give one with --onnxruntime=DIR.");
}

PackageChoice ReadChoice()
{
    if (!FileExists(recordedPackages))
    {
        return new PackageChoice();
    }

    var values = System.Xml.Linq.XDocument.Load(recordedPackages.FullPath).Descendants()
        .Where(element => !element.HasElements).ToDictionary(element => element.Name.LocalName, element => element.Value);
    string Value(string name) => values.GetValueOrDefault(name, "");
    return new PackageChoice
    {
        Mode = Value("MattingPackages"),
        TorchNative = Value("MattingTorchNative"),
        ReadyToRun = Value("MattingReadyToRun"),
        LibTorch = Value("LibTorchPath"),
        OnnxRuntime = Value("OnnxRuntimePath"),
    };
}

// Each value yields to one given on the command line or in the environment.
void Record(PackageChoice choice)
{
    var properties = new (string Name, string Value)[]
    {
        ("MattingPackages", choice.Mode), ("MattingTorchNative", choice.TorchNative), ("MattingReadyToRun", choice.ReadyToRun),
        ("LibTorchPath", choice.LibTorch), ("OnnxRuntimePath", choice.OnnxRuntime),
    }.Where(property => property.Value != "").Select(property => new System.Xml.Linq.XElement(
        property.Name, new System.Xml.Linq.XAttribute("Condition", $"'$({property.Name})' == ''"), property.Value));
    var document = new System.Xml.Linq.XElement("Project", new System.Xml.Linq.XElement("PropertyGroup", properties));
    ReplaceText(recordedPackages, document + "\n");
}

// Written aside and renamed; an equal file keeps its time stamp, so that nothing is built again for it.
void ReplaceText(FilePath file, string text)
{
    if (FileExists(file) && System.IO.File.ReadAllText(file.FullPath) == text)
    {
        return;
    }

    EnsureDirectoryExists(file.GetDirectory());
    var aside = $"{file.FullPath}.{System.Environment.ProcessId}";
    System.IO.File.WriteAllText(aside, text);
    System.IO.File.Move(aside, file.FullPath, overwrite: true);
}
