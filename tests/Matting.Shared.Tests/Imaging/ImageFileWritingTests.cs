using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class ImageFileWritingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Png_keeps_every_pixel(int channels)
    {
        using TempFolder folder = new();
        PixelImage image = SomePixels.Noise(37, 21, channels);
        foreach (int level in (int[])[0, 1, 6, 9])
        {
            string path = folder.File($"new/{level}.png");
            ImageFile.Write(path, image, new ImageWriteOptions { PngCompression = level });
            SomePixels.AssertEqual(image, Read(path, channels));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Lossless_webp_keeps_every_pixel_also_where_it_is_transparent(int channels)
    {
        using TempFolder folder = new();
        PixelImage image = SomePixels.Noise(37, 21, channels);
        for (int i = 3; channels == 4 && i < image.Pixels.Length; i += 8)
            image.Pixels[i] = 0;
        string path = folder.File("exact.webp");
        ImageFile.Write(path, image, new ImageWriteOptions { WebpLossless = true });
        SomePixels.AssertEqual(image, Read(path, channels));
    }

    [Fact]
    public void A_grey_picture_becomes_a_grey_looking_webp()
    {
        using TempFolder folder = new();
        PixelImage image = SomePixels.Noise(16, 16, 1);
        ImageFile.Write(folder.File("grey.webp"), image, new ImageWriteOptions { WebpLossless = true });
        SomePixels.AssertEqual(image, ImageFile.ReadGrey(folder.File("grey.webp")));
    }

    // Smooth content at high quality: the transform's rounding alone stays within 6 levels.
    [Theory]
    [InlineData("smooth.jpg", 1)]
    [InlineData("smooth.JPEG", 3)]
    [InlineData("smooth.webp", 3)]
    public void Lossy_formats_stay_near(string name, int channels)
    {
        using TempFolder folder = new();
        PixelImage image = new(48, 40, channels);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)(60 + (i / channels % 48 * 2) + (i / channels / 48));
        string path = folder.File(name);
        ImageFile.Write(path, image, new ImageWriteOptions { JpegQuality = 98, JpegFullChroma = true, WebpQuality = 100 });
        SomePixels.AssertNear(image, Read(path, channels), 6, name);
    }

    [Fact]
    public void Quality_buys_size()
    {
        using TempFolder folder = new();
        PixelImage image = SomePixels.Noise(64, 64, 3);
        image.Pixels.AsSpan(0, image.Pixels.Length / 2).Clear();
        long Size(string name, ImageWriteOptions options)
        {
            ImageFile.Write(folder.File(name), image, options);
            return new FileInfo(folder.File(name)).Length;
        }
        Assert.True(Size("a.jpg", new ImageWriteOptions { JpegQuality = 30 }) < Size("b.jpg", new ImageWriteOptions { JpegQuality = 95 }));
        Assert.True(Size("c.jpg", new ImageWriteOptions()) < Size("d.jpg", new ImageWriteOptions { JpegFullChroma = true }));
        Assert.True(Size("e.webp", new ImageWriteOptions { WebpQuality = 10 }) < Size("f.webp", new ImageWriteOptions { WebpQuality = 95 }));
        Assert.True(Size("g.png", new ImageWriteOptions()) < Size("h.png", new ImageWriteOptions { PngCompression = 0 }));
    }

    [Fact]
    public void Png_in_memory_is_the_file()
    {
        using TempFolder folder = new();
        PixelImage image = SomePixels.Noise(9, 9, 1);
        ImageFile.Write(folder.File("a.png"), image);
        Assert.Equal(File.ReadAllBytes(folder.File("a.png")), ImageFile.EncodePng(image));
        SomePixels.AssertEqual(image, ImageFile.ReadGrey(ImageFile.EncodePng(image), "memory"));
    }

    [Theory]
    [InlineData("picture.gif")]
    [InlineData("picture")]
    [InlineData("picture.tiff")]
    public void An_extension_that_cannot_be_written_is_refused(string name)
    {
        using TempFolder folder = new();
        ImageFileException failure = Assert.Throws<ImageFileException>(() => ImageFile.Write(folder.File(name), SomePixels.Noise(2, 2, 3)));
        Assert.Equal(ImageFileError.UnknownFormat, failure.Reason);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Jpeg_refuses_alpha_and_sides_that_are_too_long()
    {
        using TempFolder folder = new();
        Assert.Equal(ImageFileError.Unsupported, Assert.Throws<ImageFileException>(() => ImageFile.Write(folder.File("a.jpg"), SomePixels.Noise(2, 2, 4))).Reason);
        Assert.Equal(ImageFileError.TooLarge, Assert.Throws<ImageFileException>(() => ImageFile.Write(folder.File("a.jpg"), new PixelImage(65_501, 1, 1))).Reason);
        Assert.Equal(ImageFileError.TooLarge, Assert.Throws<ImageFileException>(() => ImageFile.Write(folder.File("a.webp"), new PixelImage(1, 16_384, 3))).Reason);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void An_existing_file_stays_when_overwriting_is_off()
    {
        using TempFolder folder = new();
        string path = folder.Text("a.png", "mine");
        Assert.Throws<IOException>(() => ImageFile.Write(path, SomePixels.Noise(2, 2, 3), new ImageWriteOptions { Overwrite = false }));
        Assert.Equal("mine", File.ReadAllText(path));
        ImageFile.Write(path, SomePixels.Noise(2, 2, 3));
        Assert.Equal(2, ImageFile.Identify(path).Width);
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        using TempFolder folder = new();
        foreach (ImageWriteOptions options in (ImageWriteOptions[])
            [new() { PngCompression = 10 }, new() { PngCompression = -1 }, new() { JpegQuality = 0 }, new() { JpegQuality = 101 }, new() { WebpQuality = 101 }])
            Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.Write(folder.File("a.png"), SomePixels.Noise(2, 2, 3), options));
    }

    private static PixelImage Read(string path, int channels) =>
        channels switch { 1 => ImageFile.ReadGrey(path), 3 => ImageFile.ReadRgb(path), _ => ImageFile.ReadRgba(path) };
}
