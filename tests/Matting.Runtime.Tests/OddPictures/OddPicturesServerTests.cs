using System.Net;
using Matting.Runtime.Tests.Serving;
using Matting.Server;
using Matting.Shared.Imaging;

namespace Matting.Runtime.Tests.OddPictures;

public sealed class OddPicturesServerTests : ServerTest
{
    [Theory]
    [InlineData("", ResultKind.Alpha)]
    [InlineData("?kind=cutout", ResultKind.Cutout)]
    [InlineData("?kind=composite&background=%23204060", ResultKind.Composite)]
    public async Task Every_one_is_answered_with_what_the_library_makes_of_it(string query, ResultKind kind)
    {
        MattingServer server = await StartAsync();
        ResultOptions making = new() { Kind = kind, Background = ResultBackground.Colour(0x20, 0x40, 0x60) };
        foreach (string name in OddPicture.Names)
        {
            using HttpResponseMessage response = await PostAsync(server, OddPicture.File(name), query, type: null);
            byte[] answer = await response.Content.ReadAsByteArrayAsync(Cancellation);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{name}: {System.Text.Encoding.UTF8.GetString(answer)}");
            PixelImage expected = Model.Predict(OddPicture.Rgb(name), making, null, Cancellation);
            PixelImage made = kind switch { ResultKind.Alpha => ImageFile.ReadGrey(answer, name), ResultKind.Cutout => ImageFile.ReadRgba(answer, name), _ => ImageFile.ReadRgb(answer, name) };
            Assert.Equal((name, expected.Width, expected.Height), (name, made.Width, made.Height));
            Assert.Equal(expected.Pixels, made.Pixels);
        }
    }
}
