using System.Diagnostics;
using System.Runtime.InteropServices;
using Matting.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Matting.Runtime.Tests.Api;

/// <summary>A sample as a program of its own: compiled against the assemblies that this test runs with, and run in a process of its own.</summary>
internal sealed class SampleProgram : IDisposable
{
    private const string Name = "sample";

    // those of a console project with implicit usings
    private const string ImplicitUsings = """
        global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private readonly TempFolder _program = new();

    /// <summary>The folder that the program runs in.</summary>
    public TempFolder Folder { get; } = new();

    /// <summary>Compiles a sample as the file of top-level statements that a reader would paste it into; warnings are errors.</summary>
    /// <returns>The errors, each with its line in the Markdown file.</returns>
    public string[] Compile(MarkdownSample sample)
    {
        CSharpParseOptions parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        SyntaxTree code = CSharpSyntaxTree.ParseText(SourceText.From(sample.Code), parsing, sample.File);
        // assembly versions that the runtime unifies
        CSharpCompilationOptions options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions(new Dictionary<string, ReportDiagnostic> { ["CS1701"] = ReportDiagnostic.Suppress, ["CS1702"] = ReportDiagnostic.Suppress });
        CSharpCompilation compilation = CSharpCompilation.Create(Name, [code, CSharpSyntaxTree.ParseText(ImplicitUsings, parsing)], References(), options);
        using FileStream output = File.Create(_program.File($"{Name}.dll"));
        EmitResult result = compilation.Emit(output);
        return
        [
            .. result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(diagnostic => $"{sample.File}({sample.Line + diagnostic.Location.GetLineSpan().StartLinePosition.Line}): {diagnostic.Id}: {diagnostic.GetMessage(null)}"),
        ];
    }

    /// <summary>Runs it; its libraries are those of this test.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(CancellationToken cancellation)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(AppContext.BaseDirectory))
            File.CreateSymbolicLink(_program.File(Path.GetFileName(entry)), entry);
        string tests = typeof(SampleProgram).Assembly.GetName().Name!;
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        ProcessStartInfo start = new(dotnet,
        [
            "exec", "--depsfile", _program.File($"{tests}.deps.json"), "--runtimeconfig", _program.File($"{tests}.runtimeconfig.json"), _program.File($"{Name}.dll"),
        ])
        {
            WorkingDirectory = Folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, output + await error);
    }

    public void Dispose()
    {
        _program.Dispose();
        Folder.Dispose();
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file));
}
