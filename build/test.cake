// Test: every test project in turn. Their native engines start a thread per core, so two at once would only
// slow each other down.
#nullable enable

sealed record TestTally(string Project, int Passed, int Failed, int Skipped);

// What the tests of this run came to; null as long as none was asked for.
List<TestTally>? testTallies;

void RunTests()
{
    var results = artifacts.Combine("test-results");
    EnsureDirectoryExists(results);
    CleanDirectory(results);
    testTallies = GetFiles("tests/*.Tests/*.csproj").OrderBy(project => project.FullPath)
        .Select(project => RunTestProject(project.GetFilenameWithoutExtension().FullPath, results)).ToList();
}

TestTally RunTestProject(string project, DirectoryPath results)
{
    Information($"{project}");
    string[] filter = HasArgument("filter") ? ["--filter-method", $"*{Argument<string>("filter")}*"] : [];
    var code = ExitCodeOf("dotnet", ["exec", BuiltAssembly(project).FullPath, "--no-progress", "--results-directory", results.FullPath,
        "--report-xunit", "--report-xunit-filename", $"{project}.xml", .. filter]);
    return Tally(project, results.CombineWithFilePath($"{project}.xml"), code);
}

// Counts what the report says. A runner that ends badly without a failed test to show for it (a crash in native
// code, an error in a fixture) counts as one failure.
TestTally Tally(string project, FilePath report, int exitCode)
{
    const int noTests = 8;
    var tally = new TestTally(project, 0, 0, 0);
    if (FileExists(report))
    {
        var assembly = System.Xml.Linq.XDocument.Load(report.FullPath).Descendants("assembly").Single();
        int Count(string name) => (int?)assembly.Attribute(name) ?? 0;
        tally = new TestTally(project, Count("passed"), Count("failed"), Count("skipped"));
    }

    if (exitCode is 0 or noTests || tally.Failed > 0)
    {
        return tally;
    }

    Error($"{project} ended with exit code {exitCode} and no failed test in its report.");
    return tally with { Failed = 1 };
}

// The closing lines, after Cake's own report; a failed run ends the process here, so that they stay the last ones.
void CloseTests()
{
    if (testTallies is null)
    {
        return;
    }

    Console.WriteLine();
    foreach (var tally in testTallies)
    {
        Console.WriteLine($"{tally.Project,-24} {tally.Passed,6} passed {tally.Failed,4} failed {tally.Skipped,4} skipped");
    }

    var (passed, failed, skipped) = (testTallies.Sum(t => t.Passed), testTallies.Sum(t => t.Failed), testTallies.Sum(t => t.Skipped));
    if (passed + failed == 0)
    {
        Console.WriteLine("No test ran.");
    }

    Console.WriteLine($"\n{passed} passed, {failed} failed, {skipped} skipped");
    if (failed > 0 || passed == 0)
    {
        System.Environment.Exit(1);
    }
}
