using System.Diagnostics;
using Matting.Testing;
using Matting.Trainer.Reports;

namespace Matting.Trainer.Tests.Reports;

/// <summary>The page in a real browser.</summary>
public sealed class RunReportBrowserTests
{
    // a browser that does not end fails its test instead of stopping all of them
    private const int MostMilliseconds = 180_000;

    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome"];

    [Fact(Timeout = MostMilliseconds)]
    public async Task A_browser_shows_the_page_without_complaint_and_runs_its_program()
    {
        string? browser = Browsers.SelectMany(name => SearchPath().Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, $"none of {string.Join(", ", Browsers)} is installed: the report was not looked at in a browser");
        using TempFolder folder = new();
        string page = folder.File("report.html");
        RunReport.Write(ReportSource.Find(ReportRuns.Write(folder, "run <&> 1", epochs: 5)), page);

        (string dom, string messages) = await Run(browser!, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr",
            $"--user-data-dir={folder.File("profile")}", "--dump-dom", new Uri(page).AbsoluteUri);

        Assert.DoesNotContain("CONSOLE", messages, StringComparison.Ordinal);
        Assert.Contains("run &lt;&amp;&gt; 1", dom, StringComparison.Ordinal);
        // the program of the page has added a note to each chart: its fingerprint in the page is right
        Assert.Equal(11, dom.Split("<div class=\"note\" role=\"status\"></div>").Length - 1);
    }

    private static string[] SearchPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static async Task<(string Output, string Error)> Run(string program, params string[] arguments)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            string output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
