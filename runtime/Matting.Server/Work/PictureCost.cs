using Matting.Runtime;
using Matting.Server.Http;
using Matting.Shared.Imaging;

namespace Matting.Server.Work;

/// <summary>
/// The memory that a picture takes at most on its way through the server, besides its file and the network's own buffers, in bytes a pixel. An alpha: 3 as
/// RGB, 3 turned upright and up to 17 in the decoder (16 bits with alpha), all at once. Colours: 3 + 1 for picture and alpha, 3 + 28 for
/// the foreground's estimation, kept for the next picture while result, encoder and file take theirs. Measured as the growth of
/// resident memory for pictures of 6 and 12 megapixels: 9 (8 bits) and 19 (16 bits) for an alpha, 54 for a cut-out, 14 more as lossless WebP.
/// </summary>
internal static class PictureCost
{
    private const int OfAlpha = 24;
    private const int OfColours = 56;
    private const int OfWebp = 16;

    public static long Of(ImageFileInfo picture, RequestOptions asked) =>
        (long)picture.Width * picture.Height * ((asked.Result.Kind == ResultKind.Alpha ? OfAlpha : OfColours) + (asked.Format.Name == AnswerFormat.Webp.Name ? OfWebp : 0));
}
