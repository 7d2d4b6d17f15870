using System.Xml;
using System.Xml.Linq;
using Matting.Testing;
using Matting.Trainer.Recipes;
using Matting.Trainer.Reports;

namespace Matting.Trainer.Tests.Reports;

public sealed class RunReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_is_well_formed_and_asks_for_nothing_from_outside()
    {
        XDocument page = Report(ReportRuns.Write(_folder, "run", epochs: 5));

        Assert.All(page.Descendants().Attributes("src"), source => Assert.StartsWith("data:image/png;base64,", source.Value, StringComparison.Ordinal));
        Assert.Empty(page.Descendants().Attributes("href"));
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "link" or "a" or "iframe" or "object" or "form");
        string text = page.ToString();
        Assert.DoesNotContain("http:", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_epoch_is_there_as_numbers_and_in_the_curves()
    {
        XDocument page = Report(ReportRuns.Write(_folder, "run", epochs: 100));

        Assert.Equal(Enumerable.Range(1, 100).Select(epoch => $"{epoch}"), Rows(page, "numbers").Select(row => row.Element("th")!.Value));
        XElement mse = Chart(page, "MSE");
        foreach (int epoch in Enumerable.Range(1, 100))
            Assert.Contains($"\"epoch {epoch}\"", mse.Descendants("div").First().Attribute("data-points")!.Value, StringComparison.Ordinal);
        Assert.Equal(["best"], Rows(page, "numbers").Select(row => row.Attribute("class")!.Value).Where(name => name.Length > 0));
        Assert.Equal("3", Rows(page, "numbers").Single(row => row.Attribute("class")!.Value == "best").Element("th")!.Value);
    }

    [Fact]
    public void All_curves_are_drawn_by_epoch_and_by_step_with_titles_for_those_who_cannot_see_them()
    {
        XDocument page = Report(ReportRuns.Write(_folder, "run", epochs: 5));

        Assert.Equal(
            ["MSE", "Training loss", "Learning rate", "Images a second", "Waiting for data, % of the time", "Peak memory, GiB",
                "Training loss", "Training MSE", "Learning rate", "Images a second", "Waiting for data, % of the time"],
            page.Descendants("h3").Select(title => title.Value));
        Assert.All(page.Descendants("svg"), svg =>
        {
            Assert.Equal("img", svg.Attribute("role")!.Value);
            Assert.Equal(svg.Attribute("aria-label")!.Value, svg.Element("title")!.Value);
            Assert.Contains(svg.Elements("path"), path => path.Attribute("class")!.Value.StartsWith("line", StringComparison.Ordinal));
        });
        Assert.Contains("training from 0.3000 to 0.0600", Chart(page, "MSE").Descendants("title").Single().Value, StringComparison.Ordinal);
        Assert.Contains("best: epoch 3", Chart(page, "MSE").Value, StringComparison.Ordinal);
        Assert.All(page.Descendants("img"), image => Assert.NotEmpty(image.Attribute("alt")!.Value));
    }

    [Fact]
    public void The_summary_tells_what_the_run_was()
    {
        string summary = Report(ReportRuns.Write(_folder, "run", epochs: 5)).Descendants("main").Single().Elements("section").First().Value;

        Assert.Contains("0.100000", summary, StringComparison.Ordinal);
        Assert.Contains("epoch 3, u2netp_best.pth", summary, StringComparison.Ordinal);
        Assert.Contains("5 / 12", summary, StringComparison.Ordinal);
        Assert.Contains("1 min 02 s", summary, StringComparison.Ordinal);
        Assert.Contains("u2netp, 1,131,181 parameters", summary, StringComparison.Ordinal);
        Assert.Contains("0123456789abcdef0123456789abcdef01234567", summary, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 03:04:05", summary, StringComparison.Ordinal);
        Assert.Contains("TorchSharp 1", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_differ_from_the_defaults_are_marked()
    {
        Recipe recipe = new()
        {
            Epochs = 12,
            Batch = 8,
            Data = new DataRecipe { Train = "t.csv", Val = "v.csv" },
            Schedule = new PolyScheduleRecipe { Power = 2 },
        };
        XDocument page = Report(ReportRuns.Write(_folder, "run", epochs: 1, recipe));

        XElement table = page.Descendants("section").Single(section => (string?)section.Attribute("class") == "settings");
        Dictionary<string, XElement> rows = table.Descendants("tr").Where(row => row.Element("td") is not null).ToDictionary(row => row.Element("th")!.Value);
        Assert.Equal(("same", "42"), (rows["seed"].Attribute("class")!.Value, rows["seed"].Elements("td").First().Value));
        Assert.Equal(("changed", "8", "4"), (rows["batch"].Attribute("class")!.Value, rows["batch"].Elements("td").First().Value, rows["batch"].Elements("td").Last().Value));
        Assert.Equal(("poly", "constant"), (rows["schedule.name"].Elements("td").First().Value, rows["schedule.name"].Elements("td").Last().Value));
        Assert.Equal(("2", "not there"), (rows["schedule.power"].Elements("td").First().Value, rows["schedule.power"].Elements("td").Last().Value));
    }

    [Fact]
    public void Names_that_look_like_markup_are_shown_as_they_are()
    {
        const string Hostile = "a<script>alert(1)</script>\"'&amp;\u202e.csv";
        string run = ReportRuns.Write(_folder, "run<b>&'x", epochs: 1, new Recipe { Init = "<img src=x onerror=alert(2)>", Data = new DataRecipe { Train = Hostile, Val = "v.csv" } });
        File.WriteAllText(Path.Combine(run, "environment.json"), """{"cpu":"</script><script>alert(3)</script>"}""");

        XDocument page = Report(run);

        Assert.Single(page.Descendants("script"));
        Assert.All(page.Descendants("b"), element => Assert.Equal("li", element.Parent!.Name));
        Assert.Equal("run<b>&'x", page.Descendants("h1").Single().Value);
        Assert.Contains(page.Descendants("dd"), fact => fact.Value == Hostile);
        Assert.Contains(page.Descendants("dd"), fact => fact.Value == "<img src=x onerror=alert(2)>");
    }

    [Fact]
    public void A_run_with_the_epoch_log_alone_has_curves_too()
    {
        ReportRuns.WriteRecipe(_folder.File("run"), "recipe.yaml");
        ReportRuns.WriteLog(_folder.File("run"), "log.csv", 4);

        XDocument page = Report(_folder.File("run"));

        Assert.Equal(4, Rows(page, "numbers").Count());
        Assert.Equal(6, page.Descendants("svg").Count());
        Assert.Empty(page.Descendants("img"));
    }

    [Fact]
    public void A_run_that_has_only_begun_has_a_report_too()
    {
        ReportRuns.WriteRecipe(_folder.File("run"), "recipe.yaml");
        Assert.Contains("No epoch is over yet.", Report(_folder.File("run")).Root!.Value, StringComparison.Ordinal);

        File.WriteAllText(_folder.File("run", "log.jsonl"), ReportRuns.StepLine(1) + ReportRuns.StepLine(2) + "{\"kind\":\"step\",\"epo");

        XDocument page = Report(_folder.File("run"));
        Assert.Contains("0 of 12 epochs, now in epoch 1: under way, or stopped", page.Root!.Value, StringComparison.Ordinal);
        Assert.Equal(5, page.Descendants("svg").Count());
        Assert.DoesNotContain("could not be read", page.Root.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_lines_and_pictures_are_left_out_and_said_so()
    {
        string run = ReportRuns.Write(_folder, "run", epochs: 2);
        File.WriteAllText(Path.Combine(run, "log.jsonl"), ReportRuns.StepLine(1) + "garbage\n[1]\n{\"kind\":7}\n{\"kind\":\"step\"}\n" + ReportRuns.StepLine(2));
        File.WriteAllText(Path.Combine(run, "pictures", "validation-epoch-002.png"), "no picture");
        File.WriteAllText(Path.Combine(run, "pictures", "validation-epoch-2.png"), "none of the run's");
        File.WriteAllText(Path.Combine(run, "environment.json"), "{");

        XDocument page = Report(run);

        string[] warnings = [.. page.Descendants("p").Where(part => (string?)part.Attribute("class") == "warning").Select(part => part.Value)];
        Assert.Equal(["4 lines of log.jsonl could not be read and are left out.", "validation-epoch-002.png is no readable PNG and is left out."], warnings);
        Assert.Equal(2, page.Descendants("img").Count());
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "no column 'epoch'")]
    [InlineData("epoch,val_mse\nthree,0.1\n", "line 2: 'three' is no epoch")]
    [InlineData("epoch,val_mse\n0,0.1\n", "line 2: '0' is no epoch")]
    public void A_file_that_is_no_log_is_named(string log, string message)
    {
        ReportRuns.WriteRecipe(_folder.File("run"), "recipe.yaml");
        File.WriteAllText(_folder.File("run", "log.csv"), log);

        ReportException refusal = Assert.Throws<ReportException>(() => Report(_folder.File("run")));

        Assert.Contains("log.csv", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_pictures_the_first_the_best_and_the_last_are_shown()
    {
        string run = ReportRuns.Write(_folder, "run", epochs: 30);

        XDocument page = Report(run);

        string[] shown = [.. page.Descendants("summary").Select(summary => summary.Value.Split(',')[0])];
        Assert.Equal(9, shown.Length);
        Assert.Equal("Validation after epoch 3", shown[0]);
        Assert.Contains("Validation after epoch 1", shown);
        Assert.Contains("Validation after epoch 30", shown);
        Assert.Contains("22 more in the folder pictures of the run.", page.Root!.Value, StringComparison.Ordinal);
    }

    private static XDocument Report(string run)
    {
        string page = RunReport.Compose(RunHistory.Read(ReportSource.Find(run)));
        using XmlReader reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static IEnumerable<XElement> Rows(XDocument page, string table) =>
        page.Descendants("table").Single(element => (string?)element.Attribute("class") == table).Element("tbody")!.Elements("tr");

    private static XElement Chart(XDocument page, string title) => page.Descendants("figure").First(figure => figure.Descendants("h3").Single().Value == title);
}
