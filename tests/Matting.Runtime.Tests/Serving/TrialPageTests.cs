using System.Text.Json.Nodes;
using Matting.Runtime.Tests.TinyModels;
using Matting.Server;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Runtime.Tests.Serving;

public sealed class TrialPageTests : ServerTest
{
    [Fact]
    public async Task The_page_is_one_file_that_may_ask_for_nothing_but_this_server()
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await Client.GetAsync(server.Address, Cancellation);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        string page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.Contains("<p>small</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_whose_name_is_markup_is_shown_as_text()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(), "<script>alert(1)<");
        MattingServer server = Keep(await MattingServer.StartAsync(model, AnyPort, Cancellation));
        Assert.DoesNotContain("<script>alert", await Client.GetStringAsync(server.Address, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_browser_a_picture_becomes_what_the_model_makes_of_it_in_every_kind()
    {
        MattingServer server = await StartAsync();
        using TempFolder folder = new();
        string file = Pictures.File(folder, "photo.png", 40, 30);
        PixelImage picture = ImageFile.ReadRgb(file);
        await using Browser browser = await Browser.OpenAsync(server.Address, Cancellation);
        await browser.ChooseFileAsync("#file", file, Cancellation);
        Assert.Equal("done", await EndOfWorkAsync(browser));
        ResultOptions making = new() { Kind = ResultKind.Cutout };
        Assert.Equal(ImageFile.EncodePng(Model.Predict(picture, making, null, Cancellation), new ImageWriteOptions { PngCompression = 4 }), await AnswerAsync(browser));
        Assert.Equal("photo-cutout.png", await DownloadNameAsync(browser));

        await browser.EvaluateAsync("document.querySelector('input[value=alpha]').click()", Cancellation);
        Assert.Equal("done", await EndOfWorkAsync(browser));
        PixelImage alpha = Model.Predict(picture, null, Cancellation);
        Assert.Equal(alpha.Pixels.SelectMany(level => new[] { level, level, level }), await ShownAsync(browser, "after"));
        Assert.Equal("photo-alpha.png", await DownloadNameAsync(browser));

        // choosing a colour asks for a composite over it
        await browser.EvaluateAsync("(c => { c.value = '#102030'; c.dispatchEvent(new Event('change')); })(document.getElementById('colour'))", Cancellation);
        Assert.Equal("done", await EndOfWorkAsync(browser));
        making = new() { Kind = ResultKind.Composite, Background = ResultBackground.Colour(0x10, 0x20, 0x30) };
        Assert.Equal(Model.Predict(picture, making, null, Cancellation).Pixels, await ShownAsync(browser, "after"));
        Assert.Equal(picture.Pixels, await ShownAsync(browser, "before"));
        Assert.Equal("photo-composite.png", await DownloadNameAsync(browser));
    }

    [Fact]
    public async Task In_a_browser_the_mirrored_picture_counts_when_it_is_asked_for()
    {
        MattingServer server = await StartAsync();
        using TempFolder folder = new();
        string file = Pictures.File(folder, "photo.png", 40, 30);
        await using Browser browser = await Browser.OpenAsync(server.Address, Cancellation);
        await browser.EvaluateAsync("document.querySelector('input[value=alpha]').click(); document.getElementById('flip').click()", Cancellation);
        await browser.ChooseFileAsync("#file", file, Cancellation);
        Assert.Equal("done", await EndOfWorkAsync(browser));
        PixelImage alpha = Model.Predict(ImageFile.ReadRgb(file), new PredictOptions { Tta = TestTimeAugmentation.Flip }, Cancellation);
        Assert.Equal(alpha.Pixels.SelectMany(level => new[] { level, level, level }), await ShownAsync(browser, "after"));
    }

    [Fact]
    public async Task In_a_browser_the_slider_uncovers_the_picture_and_an_error_is_told()
    {
        MattingServer server = await StartAsync();
        using TempFolder folder = new();
        await using Browser browser = await Browser.OpenAsync(server.Address, Cancellation);
        await browser.EvaluateAsync("(s => { s.value = 25; s.dispatchEvent(new Event('input')); })(document.getElementById('slider'))", Cancellation);
        Assert.Equal("inset(0px 75% 0px 0px)", (string?)await browser.EvaluateAsync("document.getElementById('before').style.clipPath", Cancellation));
        await File.WriteAllTextAsync(folder.File("no-picture.png"), "no picture", Cancellation);
        await browser.ChooseFileAsync("#file", folder.File("no-picture.png"), Cancellation);
        Assert.Equal("failed", await EndOfWorkAsync(browser));
        Assert.StartsWith("no-picture.png: picture", (string?)await browser.EvaluateAsync("document.getElementById('message').textContent", Cancellation), StringComparison.Ordinal);
    }

    /// <summary>The file that the server sent last.</summary>
    private static async Task<byte[]> AnswerAsync(Browser browser) => Bytes(await browser.EvaluateAsync(
        "(async () => [...new Uint8Array(await [...current.answers.values()].at(-1).blob.arrayBuffer())])()", Cancellation));

    /// <summary>R, G, B of a canvas.</summary>
    private static async Task<byte[]> ShownAsync(Browser browser, string canvas) => Bytes(await browser.EvaluateAsync(
        $"(c => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data].filter((_, i) => i % 4 !== 3))(document.getElementById('{canvas}'))", Cancellation));

    private static async Task<string?> DownloadNameAsync(Browser browser) => (string?)await browser.EvaluateAsync("document.getElementById('download').download", Cancellation);

    private static byte[] Bytes(JsonNode? numbers) => [.. numbers!.AsArray().Select(value => (byte)(int)value!)];

    private static async Task<string?> EndOfWorkAsync(Browser browser) => (string?)await browser.EvaluateAsync(
        """
        new Promise(done => {
          const look = () => ['done', 'failed'].includes(document.body.dataset.state) ? done(document.body.dataset.state) : requestAnimationFrame(look);
          look();
        })
        """,
        Cancellation);
}
