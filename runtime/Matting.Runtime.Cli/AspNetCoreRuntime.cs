using System.Runtime.Loader;
using Matting.CommandLine;

namespace Matting.Runtime.Cli;

/// <summary>
/// The ASP.NET Core runtime, which <c>serve</c> alone needs. A program that names it among its frameworks does not start at all where it is
/// missing, so this one does not name it: its assemblies are looked for beside those of .NET when the server is started.
/// </summary>
internal static class AspNetCoreRuntime
{
    /// <summary>What installs it, from Microsoft's package source.</summary>
    public const string Install = "apt-get install aspnetcore-runtime-10.0";

    private const string Name = "Microsoft.AspNetCore.App";

    /// <summary>Its release, for instance 10.0.1; null where it is not installed.</summary>
    public static string? Version => Folder is { } folder ? Path.GetFileName(folder) : null;

    // .../shared/Microsoft.NETCore.App/10.0.1 has .../shared/Microsoft.AspNetCore.App/10.0.1 beside it, or another release of the same version
    private static string? Folder
    {
        get
        {
            DirectoryInfo dotnet = new(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
            DirectoryInfo all = new(Path.Combine(dotnet.Parent!.Parent!.FullName, Name));
            if (!all.Exists)
                return null;
            DirectoryInfo[] fitting = [.. all.EnumerateDirectories($"{Environment.Version.Major}.{Environment.Version.Minor}.*")];
            return (fitting.FirstOrDefault(folder => folder.Name == dotnet.Name) ?? fitting.MaxBy(folder => ReleaseOf(folder.Name)))?.FullName;
        }
    }

    /// <summary>Makes its assemblies loadable.</summary>
    /// <exception cref="UserErrorException">It is not installed.</exception>
    public static void Require()
    {
        string folder = Folder
            ?? throw new UserErrorException($"serve needs the ASP.NET Core runtime {Environment.Version.Major}.{Environment.Version.Minor}, which is not installed beside this .NET; install it: {Install}");
        AssemblyLoadContext.Default.Resolving += (context, wanted) =>
        {
            string file = Path.Combine(folder, wanted.Name + ".dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
    }

    private static Version ReleaseOf(string folder) => System.Version.TryParse(folder, out Version? release) ? release : new Version(0, 0);
}
