// Where things are: every path that more than one part of the build uses.

DirectoryPath repository = MakeAbsolute(Directory("."));
DirectoryPath artifacts = repository.Combine("artifacts");
FilePath solution = repository.CombineWithFilePath("Matting.sln");
FilePath recordedPackages = artifacts.CombineWithFilePath("packages.props");
DirectoryPath experiments = repository.Combine("outputs/experiments");

// The published command `matting` or `matting-train`, as a user calls it.
FilePath CommandPath(string command) => artifacts.Combine("bin").CombineWithFilePath(command);

// A path as the user typed it: relative ones belong to the folder that `dotnet cake` was called in.
FilePath AsTyped(string path) =>
    new FilePath(System.IO.Path.GetFullPath(path, System.Environment.CurrentDirectory));

// The path as it reads from the repository root, for messages.
string Shown(FilePath path) => repository.GetRelativePath(path).FullPath;
string Shown(DirectoryPath path) => repository.GetRelativePath(path).FullPath;
