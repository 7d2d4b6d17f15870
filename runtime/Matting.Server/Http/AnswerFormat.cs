using Matting.Runtime;
using Matting.Shared.Imaging;

namespace Matting.Server.Http;

/// <summary>The format of an answer, with the rules of <c>matting predict</c>: what has no quality keeps every pixel.</summary>
/// <param name="Name">As the query says it: png, webp or jpeg.</param>
/// <param name="Extension">With its point.</param>
internal sealed record AnswerFormat(string Name, string Extension)
{
    // the level at which alphas come out nearly as small as at the default one, in less than half its time
    private const int PngLevel = 4;

    public static AnswerFormat Png { get; } = new("png", ".png");

    public static AnswerFormat Webp { get; } = new("webp", ".webp");

    public static AnswerFormat Jpeg { get; } = new("jpeg", ".jpg");

    /// <summary>1 to 100; null without one.</summary>
    public int? Quality { get; init; }

    public string ContentType => "image/" + Name;

    /// <exception cref="ImageFileException">The format cannot hold a picture of this size.</exception>
    public byte[] Encode(PixelImage result) => ImageFile.Encode("result" + Extension, result, new ImageWriteOptions
    {
        PngCompression = PngLevel,
        WebpLossless = Quality is null,
        JpegQuality = Quality ?? ImageWriteOptions.Default.JpegQuality,
        WebpQuality = Quality ?? ImageWriteOptions.Default.WebpQuality,
    });

    /// <exception cref="ProblemException">The format does not go with what is asked for.</exception>
    public void Check(ResultKind kind)
    {
        if (Name == Jpeg.Name && kind != ResultKind.Composite)
            throw ProblemException.BadRequest($"format=jpeg is for kind=composite only: it {(kind == ResultKind.Alpha ? "changes alphas" : "has no alpha channel")}");
        if (Name == Png.Name && Quality is not null)
            throw ProblemException.BadRequest("a quality is for format=jpeg and format=webp: png keeps every pixel");
    }
}
