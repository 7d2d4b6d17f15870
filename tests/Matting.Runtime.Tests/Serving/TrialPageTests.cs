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
    public async Task In_a_browser_a_picture_becomes_the_alpha_that_the_model_predicts()
    {
        MattingServer server = await StartAsync();
        using TempFolder folder = new();
        string file = Pictures.File(folder, "photo.png", 40, 30);
        await using Browser browser = await Browser.OpenAsync(server.Address, Cancellation);
        await browser.ChooseFileAsync("#file", file, Cancellation);
        Assert.Equal("done", await EndOfWorkAsync(browser));
        await browser.EvaluateAsync("document.querySelector('input[value=alpha]').click()", Cancellation);
        JsonArray shown = (await browser.EvaluateAsync(
            "(c => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data].filter((_, i) => i % 4 === 0))(document.getElementById('after'))", Cancellation))!.AsArray();
        PixelImage expected = Model.Predict(ImageFile.ReadRgb(file), null, Cancellation);
        Assert.Equal(expected.Pixels, shown.Select(value => (byte)(int)value!));
        Assert.Equal("photo-alpha.png", (string?)await browser.EvaluateAsync("document.getElementById('alpha').download", Cancellation));
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

    private static async Task<string?> EndOfWorkAsync(Browser browser) => (string?)await browser.EvaluateAsync(
        """
        new Promise(done => {
          const look = () => ['done', 'failed'].includes(document.body.dataset.state) ? done(document.body.dataset.state) : requestAnimationFrame(look);
          look();
        })
        """,
        Cancellation);
}
