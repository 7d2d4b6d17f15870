// dotnet cake [--target=TASK]; --target=Help lists tasks and arguments. Each part lives in a file of build/.
#load "build/paths.cake"
#load "build/arguments.cake"
#load "build/processes.cake"
#load "build/debian.cake"
#load "build/onnxruntime.cake"
#load "build/setup.cake"
#load "build/compile.cake"
#load "build/test.cake"
#load "build/fuzz.cake"
#load "build/train.cake"
#load "build/demo.cake"
#load "build/check.cake"
#load "build/pack.cake"

Task("Default")
    .Description("Builds everything and exports the newest best checkpoint under outputs/experiments to artifacts/models.")
    .IsDependentOn("Build")
    .Does(ExportNewest);

Task("Help")
    .Description("Lists the tasks and their arguments.")
    .Does(PrintHelp);

Task("Setup")
    .Description("Chooses the packages (nuget or stand-ins), installs what the choice needs, records it in artifacts/packages.props.")
    .Does(SetUp);

Task("Build")
    .Description("Builds the solution and publishes the commands to artifacts/bin.")
    .IsDependentOn("Setup")
    .Does(BuildSolution)
    .Does(PublishCommands);

Task("Test")
    .Description("Runs all tests, or those whose name contains --filter.")
    .IsDependentOn("Build")
    .Does(RunTests);

Task("Fuzz")
    .Description("Gives readers, models and the server damaged input for --minutes; what they fail on goes to artifacts/fuzz.")
    .IsDependentOn("Build")
    .Does(FuzzInputs);

Task("Demo")
    .Description("Makes pictures, trains on them, exports, predicts and shows the result in artifacts/demo, in about 5 minutes.")
    .IsDependentOn("Build")
    .Does(RunDemo);

Task("Train")
    .Description("Trains with --recipe, or goes on with --resume, and any number of --set=key=value.")
    .IsDependentOn("Build")
    .Does(Train);

Task("Export")
    .Description("Exports --run, or the newest best checkpoint, to ONNX.")
    .IsDependentOn("Build")
    .Does(Export);

Task("Bench")
    .Description("Runs the benchmarks, or those that match --filter; reports go to artifacts/benchmarks.")
    .IsDependentOn("Build")
    .Does(Bench);

Task("Pack")
    .Description("Packs the libraries to artifacts/packages, and tries them in a program that has nothing else.")
    .IsDependentOn("Build")
    .Does(PackLibraries);

Task("ApiCheck")
    .Description("Compiles every project against the official managed assemblies in --assemblies=DIR.")
    .Does(CheckAgainstOfficialAssemblies);

Task("Clean")
    .Description("Removes what builds produce; the recorded packages, fetched libraries and models stay.")
    .Does(CleanUp);

RefuseUnknownArguments();
var target = Argument("target", "Default");
RefuseUnknownTarget(target);
RunTarget(target);
CloseTests();
