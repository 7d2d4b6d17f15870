using Matting.Runtime.Tests.TinyModels;

namespace Matting.Runtime.Tests.Api;

/// <summary>What the READMEs show of the library compiles, and does something: every block of C# in them.</summary>
public sealed class SampleTests
{
    private const string Readme = "README.md";
    private const string PackageReadme = "runtime/Matting.Runtime/README.md";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Samples =>
    [
        .. from file in (string[])[Readme, PackageReadme]
           from sample in MarkdownSample.Of(file)
           select (file, sample.Line),
    ];

    [Theory]
    [InlineData(Readme)]
    [InlineData(PackageReadme)]
    public void The_README_shows_the_library(string file) => Assert.NotEmpty(MarkdownSample.Of(file));

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_compiles_and_runs_where_its_files_are(string file, int line)
    {
        using SampleProgram program = new();
        Assert.Empty(program.Compile(MarkdownSample.Of(file).Single(sample => sample.Line == line)));
        File.WriteAllBytes(program.Folder.File("mine.onnx"), MattingSmall.WithCard(32, 32));
        Pictures.File(program.Folder, "photo.jpg", 40, 30);
        Directory.CreateDirectory(program.Folder.File("photos"));
        for (int i = 0; i < 3; i++)
            Pictures.File(program.Folder, $"photos/{i}.jpg", 40, 30, i);
        (int exitCode, string output) = await program.RunAsync(Cancellation);
        Assert.True(exitCode == 0, $"{file}({line}) ended with exit code {exitCode}: {output}");
        Assert.True(Directory.GetFiles(program.Folder.Path, "*.png", SearchOption.AllDirectories).Length > 0, $"{file}({line}) left no PNG: {output}");
    }

    [Fact]
    public void A_sample_that_does_not_compile_is_found_by_its_line()
    {
        using SampleProgram program = new();
        string error = Assert.Single(program.Compile(new MarkdownSample("somewhere.md", 7, "int a = 1;\nConsole.WriteLine(a.Nothing);\n")));
        Assert.StartsWith("somewhere.md(8): CS1061: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_that_fails_is_seen_to_fail()
    {
        using SampleProgram program = new();
        Assert.Empty(program.Compile(new MarkdownSample("somewhere.md", 1, "using Matting.Runtime;\nusing MattingModel model = MattingModel.Load(\"none.onnx\");")));
        (int exitCode, string output) = await program.RunAsync(Cancellation);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("none.onnx: there is no such file", output, StringComparison.Ordinal);
    }
}
