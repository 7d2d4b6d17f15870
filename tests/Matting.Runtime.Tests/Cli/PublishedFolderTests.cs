using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Matting.Runtime.Tests.TinyModels;
using Matting.Testing;

namespace Matting.Runtime.Tests.Cli;

public sealed class PublishedFolderTests
{
    private const string MainAssembly = "matting.dll";

    private static readonly string[] NativesOfTorch = ["torch", "c10", "caffe", "libgomp", "cudnn", "mkl"];

    /// <summary>The command's build output, of this test's own configuration, and what `dotnet cake` published, if it has.</summary>
    public static TheoryData<string> Folders
    {
        get
        {
            DirectoryInfo tests = new(AppContext.BaseDirectory);
            string built = Path.Combine(tests.FullName, "..", "..", "Matting.Runtime.Cli", tests.Name);
            string published = Path.Combine(tests.FullName, "..", "..", "..", "..", "..", "publish", "matting");
            TheoryData<string> folders = new(Path.GetFullPath(built));
            if (File.Exists(Path.Combine(published, MainAssembly)))
                folders.Add(Path.GetFullPath(published));
            return folders;
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_file_of_Torch_lies_beside_the_command(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))];
        Assert.Contains(MainAssembly, files);
        Assert.DoesNotContain(files, file => NativesOfTorch.Any(name => file.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Nothing_that_the_command_references_references_Torch(string folder)
    {
        Queue<string> open = new([MainAssembly]);
        HashSet<string> seen = [MainAssembly];
        while (open.TryDequeue(out string? file))
        {
            foreach (string reference in ReferencesOf(Path.Combine(folder, file)))
            {
                Assert.False(reference.Contains("torch", StringComparison.OrdinalIgnoreCase), $"{file} references {reference}");
                Assert.False(reference.StartsWith("Matting.Trainer", StringComparison.Ordinal), $"{file} references {reference}");
                if (File.Exists(Path.Combine(folder, reference + ".dll")) && seen.Add(reference + ".dll"))
                    open.Enqueue(reference + ".dll");
            }
        }
        Assert.Contains("Matting.Runtime.dll", seen);
        Assert.Contains("Microsoft.ML.OnnxRuntime.dll", seen);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("predict", "--help")]
    public void Version_and_help_need_no_native_library(params string[] args)
    {
        using TempFolder folder = new();
        foreach (string file in Directory.EnumerateFiles(Folders.First().Data).Where(file => !file.Contains(".so", StringComparison.Ordinal)))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        ProcessStartInfo start = new(folder.File("matting"), args) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        Assert.Matches(@"\d+\.\d+|Usage", process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, error));
    }

    [Fact]
    public void Where_only_the_plain_runtime_is_installed_all_commands_start_and_serve_says_what_it_needs()
    {
        using TempFolder folder = new();
        string dotnet = PlainRuntime(folder), model = folder.File("model.onnx");
        File.WriteAllBytes(model, MattingSmall.WithCard(16, 16));
        string picture = Pictures.File(folder, "photo.png", 20, 12);
        Assert.Equal(0, Run(dotnet, "predict", "--model", model, "--out", folder.File("out"), picture).ExitCode);
        Assert.True(File.Exists(folder.File("out/photo.png")));
        Assert.Contains("not installed, and serve alone needs it: apt-get install aspnetcore-runtime-10.0", Run(dotnet, "doctor").Output, StringComparison.Ordinal);
        CliRun serve = Run(dotnet, "serve", "--model", model, "--port", "0");
        Assert.Equal((1, ""), (serve.ExitCode, serve.Output));
        Assert.Equal(
            "matting: error: serve needs the ASP.NET Core runtime 10.0, which is not installed beside this .NET; install it: apt-get install aspnetcore-runtime-10.0\n", serve.Error);
    }

    /// <summary>A copy of the .NET that runs the tests without its other frameworks; links would lead back to where they are.</summary>
    private static string PlainRuntime(TempFolder folder)
    {
        DirectoryInfo framework = new(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        string copy = folder.File($"dotnet/shared/{framework.Parent!.Name}/{framework.Name}");
        Directory.CreateDirectory(copy);
        foreach (FileInfo file in framework.EnumerateFiles())
            file.CopyTo(Path.Combine(copy, file.Name));
        Directory.CreateSymbolicLink(folder.File("dotnet/host"), Path.Combine(framework.Parent.Parent!.Parent!.FullName, "host"));
        return folder.File("dotnet");
    }

    private static CliRun Run(string dotnet, params string[] args)
    {
        ProcessStartInfo start = new(Path.Combine(Folders.First().Data, "matting"), args) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = dotnet;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CliRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static List<string> ReferencesOf(string assembly)
    {
        using FileStream stream = File.OpenRead(assembly);
        using PEReader portable = new(stream);
        MetadataReader metadata = portable.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
