using System.Text;
using Matting.Shared.Imaging;

namespace Matting.Fuzz.Corpus;

/// <summary>Requests as decent clients send them.</summary>
internal static class HttpSeeds
{
    private static readonly byte[] Picture = ImageFile.EncodePng(new PixelImage(9, 7, 3));

    public static byte[][] All() =>
    [
        Request("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Request("GET /health HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n"),
        Request("HEAD /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        Request("GET /ready HTTP/1.1\r\nHost: a\r\n\r\nGET /ready HTTP/1.1\r\nHost: a\r\n\r\n"),
        Request("OPTIONS /predict HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\n\r\n"),
        Post("/predict", "Content-Type: image/png", Picture),
        Post("/predict?kind=cutout&tta=flip", "Content-Type: application/octet-stream", Picture),
        Post("/predict?kind=composite&background=%23ff8800&size=32x48", "", Picture),
        Post("/predict", "Content-Type: multipart/form-data; boundary=\"b-b\"", Form()),
        Chunked(5), Chunked(Picture.Length),
    ];

    public static byte[][] Words { get; } =
    [
        .. new[]
        {
            "\r\n", "\r\n\r\n", "\n", "\0", ":", " ", "HTTP/1.1", "HTTP/2.0", "HTTP/1.0", "Content-Length: 5\r\n", "Content-Length: 99999999999\r\n", "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Expect: 100-continue\r\n", "Content-Encoding: gzip\r\n", "Connection: upgrade\r\nUpgrade: h2c\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "0\r\n\r\n", "ffffffffffffffff\r\n", "--b-b", "--b-b--\r\n", "filename*=UTF-8''%00", "boundary=", "?kind=", "&tta=flip", "&post=components", "&size=0x0",
            "%", "%00", "..", "//", "POST ", "GET ", "DELETE ", "CONNECT ", "/predict", "/metrics", "Host: \r\n", "\u00ff\u00fe", "Content-Disposition: form-data; name=x\r\n",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    private static byte[] Request(string head) => Encoding.Latin1.GetBytes(head);

    private static byte[] Post(string target, string type, byte[] body) =>
        [.. Request($"POST {target} HTTP/1.1\r\nHost: a\r\n{(type.Length > 0 ? type + "\r\n" : "")}Content-Length: {body.Length}\r\n\r\n"), .. body];

    private static byte[] Form() =>
    [
        .. Request("--b-b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"), .. Picture, .. Request("\r\n--b-b--\r\n"),
    ];

    private static byte[] Chunked(int size)
    {
        List<byte> request = [.. Request("POST /predict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")];
        foreach (byte[] chunk in Picture.Chunk(size))
            request.AddRange([.. Request($"{chunk.Length:x}\r\n"), .. chunk, .. Request("\r\n")]);
        return [.. request, .. Request("0\r\n\r\n")];
    }
}
