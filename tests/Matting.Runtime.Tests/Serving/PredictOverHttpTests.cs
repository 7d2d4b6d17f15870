using System.Net;
using Matting.Runtime.Tests.TinyModels;
using Matting.Server;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;

namespace Matting.Runtime.Tests.Serving;

public sealed class PredictOverHttpTests : ServerTest
{
    [Theory]
    [InlineData("", TestTimeAugmentation.None)]
    [InlineData("?tta=none&kind=alpha", TestTimeAugmentation.None)]
    [InlineData("?tta=flip", TestTimeAugmentation.Flip)]
    public async Task The_answer_is_the_alpha_that_the_model_predicts(string query, TestTimeAugmentation tta)
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, Png(), query);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        await IsAlphaAsync(response, Model.Predict(Pictures.Rgb(20, 12), new PredictOptions { Tta = tta }, Cancellation));
    }

    [Theory]
    [InlineData("?kind=cutout", ResultKind.Cutout, true)]
    [InlineData("?kind=cutout&decontaminate=off", ResultKind.Cutout, false)]
    [InlineData("?kind=composite&background=%23102030", ResultKind.Composite, true)]
    public async Task Cut_outs_and_composites_are_those_that_the_model_makes(string query, ResultKind kind, bool decontaminate)
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, Png(), query);
        ResultOptions options = new() { Kind = kind, Decontaminate = decontaminate, Background = ResultBackground.Colour(0x10, 0x20, 0x30) };
        PixelImage expected = Model.Predict(Pictures.Rgb(20, 12), options, null, Cancellation);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(Cancellation);
        PixelImage result = kind == ResultKind.Cutout ? ImageFile.ReadRgba(answer, "answer") : ImageFile.ReadRgb(answer, "answer");
        Assert.Equal(expected.Pixels, result.Pixels);
    }

    [Theory]
    [InlineData("?format=png", "image/png", 4)]
    [InlineData("?kind=cutout&format=webp", "image/webp", 4)]
    [InlineData("?kind=composite&format=webp&quality=30", "image/webp", 3)]
    [InlineData("?kind=composite&format=jpeg", "image/jpeg", 3)]
    [InlineData("?kind=composite&format=jpeg&quality=20", "image/jpeg", 3)]
    public async Task Answers_have_the_format_asked_for_and_its_content_type(string query, string type, int channels)
    {
        MattingServer server = await StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(server.Address, "/predict" + query)) { Content = Body(Png()) };
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await Client.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        byte[] answer = await response.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal(type, "image/" + ImageFile.Identify(answer, "answer").Format.ToLowerInvariant());
        ResultKind kind = query.Contains("cutout", StringComparison.Ordinal) ? ResultKind.Cutout : channels == 3 ? ResultKind.Composite : ResultKind.Alpha;
        PixelImage expected = Model.Predict(Pictures.Rgb(20, 12), new ResultOptions { Kind = kind }, null, Cancellation);
        int? quality = query.Contains("quality", StringComparison.Ordinal) ? int.Parse(query[^2..], null) : null;
        Assert.Equal(ImageFile.Encode("a." + type[6..], expected, new ImageWriteOptions { PngCompression = 4, WebpLossless = quality is null, WebpQuality = quality ?? 80, JpegQuality = quality ?? 90 }), answer);
    }

    [Theory]
    [InlineData("?kind=cutout", 700)]
    [InlineData("?kind=composite&format=jpeg", 700)]
    [InlineData("?kind=cutout&colour-profile=drop", 0)]
    [InlineData("", 0)]
    public async Task Answers_with_colours_keep_the_colour_profile(string query, int length)
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, ImageFile.EncodePng(Pictures.WithProfile(20, 12, 700)), query);
        PixelImage answer = ImageFile.ReadRgb(await response.Content.ReadAsByteArrayAsync(Cancellation), "answer");
        Assert.Equal(length, answer.ColourProfile.Length);
    }

    [Theory]
    [InlineData("alpha")]
    [InlineData("cutout")]
    public async Task Answers_can_have_the_networks_size(string kind)
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, Png(50, 30), $"?kind={kind}&size=32x64&result-size=network");
        ResultOptions options = new() { Kind = Enum.Parse<ResultKind>(kind, ignoreCase: true), Size = ResultSize.Network };
        PixelImage expected = Model.Predict(Pictures.Rgb(50, 30), options, new PredictOptions { Size = new NetworkSize(32, 64) }, Cancellation);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal(expected.Pixels, (kind == "alpha" ? ImageFile.ReadGrey(answer, "answer") : ImageFile.ReadRgba(answer, "answer")).Pixels);
    }

    [Theory]
    [InlineData("?post=components&support=0.65&dilation=1")]
    [InlineData("?post=calibrate&percentile=20&gamma=1.2")]
    public async Task Post_processes_are_those_of_the_library(string query)
    {
        MattingServer server = await StartAsync();
        PostprocessOptions post = query.Contains("components", StringComparison.Ordinal) ? new ComponentOptions { Support = 0.65, Dilation = 1 } : new CalibrationOptions { Percentile = 20, Gamma = 1.2 };
        PixelImage expected = Model.Predict(Pictures.Rgb(20, 12), new PredictOptions { Post = post }, Cancellation);
        using HttpResponseMessage response = await PostAsync(server, Png(), query);
        await IsAlphaAsync(response, expected);
        Assert.NotEqual(Model.Predict(Pictures.Rgb(20, 12), null, Cancellation).Pixels, expected.Pixels);
    }

    [Fact]
    public async Task A_size_runs_the_network_at_that_size()
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, Png(), "?size=64x96");
        await IsAlphaAsync(response, Model.Predict(Pictures.Rgb(20, 12), new PredictOptions { Size = new NetworkSize(64, 96) }, Cancellation));
    }

    [Fact]
    public async Task A_form_with_one_file_does_too()
    {
        MattingServer server = await StartAsync();
        using MultipartFormDataContent form = new() { { Body(Png()), "picture", "a.png" } };
        using HttpResponseMessage response = await Client.PostAsync(new Uri(server.Address, "/predict"), form, Cancellation);
        await IsAlphaAsync(response, Model.Predict(Pictures.Rgb(20, 12), null, Cancellation));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/octet-stream")]
    [InlineData("image/anything")]
    public async Task A_picture_is_known_by_its_content(string? type)
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, Png(), type: type);
        await IsAlphaAsync(response, Model.Predict(Pictures.Rgb(20, 12), null, Cancellation));
    }

    [Theory]
    [InlineData("?size=0", "size 0")]
    [InlineData("?size=9999", "2048")]
    [InlineData("?tta=both", "none or flip")]
    [InlineData("?tta=flip&tta=none", "2 times")]
    [InlineData("?kind=url", "alpha")]
    [InlineData("?url=http://example.com/a.png", "unknown option url")]
    [InlineData("?tta", "none or flip")]
    [InlineData("?background=%23fff", "composite only")]
    [InlineData("?kind=composite&background=/etc/passwd", "expected a colour")]
    [InlineData("?kind=cutout&decontaminate=yes", "on or off")]
    [InlineData("?format=jpeg", "composite only")]
    [InlineData("?kind=cutout&format=jpeg", "no alpha channel")]
    [InlineData("?quality=80", "png keeps every pixel")]
    [InlineData("?format=gif", "png or webp or jpeg")]
    [InlineData("?format=webp&quality=101", "1 to 100")]
    [InlineData("?format=webp&quality=-1", "1 to 100")]
    [InlineData("?colour-profile=convert", "keep or drop")]
    [InlineData("?result-size=huge", "picture or network")]
    [InlineData("?post=sharpen", "none or components or calibrate")]
    [InlineData("?post=components&support=2", "support 2: expected a number from 0 to 1")]
    [InlineData("?support=0.3", "support is a number of post components, and post is none")]
    [InlineData("?post=components&dilation=4", "odd")]
    [InlineData("?post=components&support=@/etc/passwd", "support @/etc/passwd: expected a number")]
    [InlineData("?post=", "post")]
    [InlineData("?post=components&support=", "support")]
    [InlineData("?post=components&support=0.1&support=0.2", "2 times")]
    [InlineData("?a%0ab=1", "unknown option ab")]
    public async Task Options_that_do_not_exist_are_refused(string query, string part)
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, Png(), query);
        await IsProblemAsync(response, HttpStatusCode.BadRequest, part);
    }

    [Fact]
    public async Task A_model_of_one_size_refuses_another()
    {
        using MattingModel model = MattingModel.Load(MattingSmall.WithCard(16, 16), "small");
        MattingServer server = Keep(await MattingServer.StartAsync(model, AnyPort, Cancellation));
        using HttpResponseMessage refused = await PostAsync(server, Png(), "?size=32");
        await IsProblemAsync(refused, HttpStatusCode.BadRequest, "16x16 only");
        using HttpResponseMessage taken = await PostAsync(server, Png(), "?size=16");
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task Content_that_is_no_picture_is_an_unsupported_type()
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, "file:///etc/passwd"u8.ToArray());
        await IsProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "picture");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    public async Task Other_content_types_are_refused(string type)
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, Png(), type: type);
        await IsProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "multipart/form-data");
    }

    [Fact]
    public async Task A_picture_that_ends_too_early_is_unprocessable()
    {
        MattingServer server = await StartAsync();
        byte[] whole = Png(60, 60);
        using HttpResponseMessage response = await PostAsync(server, whole[..(whole.Length / 2)]);
        await IsProblemAsync(response, HttpStatusCode.UnprocessableEntity, "picture", "too early");
    }

    [Fact]
    public async Task An_empty_body_is_a_bad_request()
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage response = await PostAsync(server, []);
        await IsProblemAsync(response, HttpStatusCode.BadRequest, "empty");
    }

    [Fact]
    public async Task Too_many_pixels_and_too_many_bytes_are_too_large()
    {
        ServerOptions options = AnyPort with { MaxBody = 4000, Predict = new PredictOptions { Reading = new ImageReadOptions { MaxPixels = 400 } } };
        MattingServer server = await StartAsync(options);
        using HttpResponseMessage pixels = await PostAsync(server, Png(21, 20));
        await IsProblemAsync(pixels, HttpStatusCode.RequestEntityTooLarge, "21x20", "400");
        using HttpResponseMessage bytes = await PostAsync(server, new byte[4001]);
        await IsProblemAsync(bytes, HttpStatusCode.RequestEntityTooLarge, "4000");
        using HttpResponseMessage right = await PostAsync(server, Png(20, 20));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Bytes_are_counted_where_no_length_is_declared()
    {
        MattingServer server = await StartAsync(AnyPort with { MaxBody = 4000 });
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(server.Address, "/predict")) { Content = Body(new byte[4001]) };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await Client.SendAsync(request, Cancellation);
        await IsProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "4000");
    }

    [Fact]
    public async Task Compressed_bodies_are_refused()
    {
        MattingServer server = await StartAsync();
        using ByteArrayContent body = Body(Png());
        body.Headers.ContentEncoding.Add("gzip");
        using HttpResponseMessage response = await Client.PostAsync(new Uri(server.Address, "/predict"), body, Cancellation);
        await IsProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "compressed");
    }

    [Fact]
    public async Task Forms_bring_one_file_and_nothing_else()
    {
        MattingServer server = await StartAsync();
        Uri address = new(server.Address, "/predict");
        using MultipartFormDataContent none = new("b");
        using HttpResponseMessage empty = await Client.PostAsync(address, none, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using MultipartFormDataContent two = new() { { Body(Png()), "a", "a.png" }, { Body(Png()), "b", "b.png" } };
        using HttpResponseMessage twice = await Client.PostAsync(address, two, Cancellation);
        await IsProblemAsync(twice, HttpStatusCode.BadRequest, "one file");
        using MultipartFormDataContent link = new() { { new StringContent("http://example.com/a.png"), "url" } };
        using HttpResponseMessage field = await Client.PostAsync(address, link, Cancellation);
        await IsProblemAsync(field, HttpStatusCode.BadRequest, "one file");
    }

    [Fact]
    public async Task Methods_and_paths_that_do_not_exist_say_so()
    {
        MattingServer server = await StartAsync();
        using HttpResponseMessage method = await Client.GetAsync(new Uri(server.Address, "/predict"), Cancellation);
        await IsProblemAsync(method, HttpStatusCode.MethodNotAllowed, "POST");
        Assert.Equal(["POST"], method.Content.Headers.Allow);
        using HttpResponseMessage path = await Client.GetAsync(new Uri(server.Address, "/../etc/passwd"), Cancellation);
        await IsProblemAsync(path, HttpStatusCode.NotFound, "/predict");
    }

    [Fact]
    public async Task Health_and_readiness_are_answered()
    {
        MattingServer server = await StartAsync();
        Assert.Equal("""{"status":"ok"}""", await Client.GetStringAsync(new Uri(server.Address, "/health"), Cancellation));
        Assert.Equal("""{"status":"ready"}""", await Client.GetStringAsync(new Uri(server.Address, "/ready"), Cancellation));
        using HttpRequestMessage head = new(HttpMethod.Head, new Uri(server.Address, "/health"));
        using HttpResponseMessage response = await Client.SendAsync(head, Cancellation);
        Assert.Equal((HttpStatusCode.OK, 15L), (response.StatusCode, response.Content.Headers.ContentLength));
    }

    private static async Task IsAlphaAsync(HttpResponseMessage response, PixelImage expected)
    {
        byte[] answer = await response.Content.ReadAsByteArrayAsync(Cancellation);
        PixelImage alpha = ImageFile.ReadGrey(answer, "answer");
        Assert.Equal((expected.Width, expected.Height), (alpha.Width, alpha.Height));
        Assert.Equal(expected.Pixels, alpha.Pixels);
    }
}
