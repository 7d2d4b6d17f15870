using System.Security.Cryptography;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class ImageFileReadingTests
{
    private static readonly ImageReadOptions AsStored = new() { Orientation = ExifOrientation.Ignore };

    public static TheoryData<string> All() => Fixtures.All();

    [Theory]
    [MemberData(nameof(All))]
    public void Colours_are_read_and_alpha_is_dropped_without_compositing(string name)
    {
        PixelImage expected = SomePixels.Take(Fixtures.Expected(name), 3);
        SomePixels.AssertNear(expected, ImageFile.ReadRgb(Fixtures.PathOf(name), AsStored), Fixtures.Tolerance(name), name);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Alpha_is_read_or_opaque(string name)
    {
        PixelImage expected = Fixtures.Expected(name);
        PixelImage actual = ImageFile.ReadRgba(Fixtures.PathOf(name), AsStored);
        SomePixels.AssertNear(SomePixels.Take(expected, 3), SomePixels.Take(actual, 3), Fixtures.Tolerance(name), name);
        for (int i = 0; i < expected.Width * expected.Height; i++)
            Assert.Equal(expected.Channels == 4 ? expected.Pixels[(i * 4) + 3] : 255, actual.Pixels[(i * 4) + 3]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Grey_is_the_integer_formula_of_the_colours(string name)
    {
        PixelImage rgb = Fixtures.Expected(name);
        PixelImage expected = new(rgb.Width, rgb.Height, 1);
        for (int i = 0; i < expected.Pixels.Length; i++)
        {
            ReadOnlySpan<byte> pixel = rgb.Pixels.AsSpan(i * rgb.Channels, 3);
            expected.Pixels[i] = (byte)(((19595 * pixel[0]) + (38470 * pixel[1]) + (7471 * pixel[2]) + 32768) >> 16);
        }
        SomePixels.AssertNear(expected, ImageFile.ReadGrey(Fixtures.PathOf(name), AsStored), Fixtures.Tolerance(name, grey: true), name);
    }

    [Theory]
    [InlineData("rgb8.png", "PNG")]
    [InlineData("progressive.jpg", "JPEG")]
    [InlineData("lossy.webp", "WebP")]
    [InlineData("lossless.webp", "WebP")]
    [InlineData("lossy_alpha.webp", "WebP")]
    [InlineData("core_header.bmp", "BMP")]
    [InlineData("top_down.bmp", "BMP")]
    [InlineData("lzw.tif", "TIFF")]
    [InlineData("rgb16_big_endian.tif", "TIFF")]
    public void The_header_tells_size_and_format(string name, string format) =>
        Assert.Equal(new ImageFileInfo(23, 17, format), ImageFile.Identify(Fixtures.PathOf(name)));

    [Fact]
    public void The_content_and_not_the_extension_decides_about_the_format()
    {
        using TempFolder folder = new();
        string disguised = folder.File("picture.png");
        File.Copy(Fixtures.PathOf("rgb24.bmp"), disguised);
        SomePixels.AssertEqual(Fixtures.Expected("rgb24.bmp"), ImageFile.ReadRgb(disguised));
    }

    [Fact]
    public void Bytes_in_memory_read_like_the_file()
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf("rgba8.png"));
        SomePixels.AssertEqual(Fixtures.Expected("rgba8.png"), ImageFile.ReadRgba(content, "memory"));
        Assert.Equal(1, ImageFile.ReadGrey(content, "memory").Channels);
        Assert.Equal(3, ImageFile.ReadRgb(content, "memory").Channels);
        Assert.Equal(23, ImageFile.Identify(content, "memory").Width);
    }

    [Theory]
    [InlineData("a.png", true)]
    [InlineData("folder/b.JPG", true)]
    [InlineData("c.jpeg", true)]
    [InlineData("d.WebP", true)]
    [InlineData("e.bmp", true)]
    [InlineData("f.tif", true)]
    [InlineData("g.tiff", true)]
    [InlineData("h.gif", false)]
    [InlineData("png", false)]
    [InlineData("i.png.txt", false)]
    public void Pictures_are_told_by_their_extension(string path, bool picture) => Assert.Equal(picture, ImageFile.IsImagePath(path));

    // Digests of what Pillow 9.4 (libjpeg-turbo 2.1.5) decodes: mode RGB, then mode L of it.
    [Theory]
    [InlineData("animal-1.jpg", "cc3ebcaf6588dc0f2871c888f41422d7", "06c7e8c28b6a3c0958120da5e2b2d022")]
    [InlineData("animal-3.jpg", "76d96d44b0368fc8aff74aa0f2a6fe1c", "fb00652443be16dee46f829d98512015")]
    [InlineData("anime-girl-2.jpg", "0a55e07d385de074fa15e3115dc906ea", "b081ffda8b69c2507bc08d2585fbcb56")]
    [InlineData("car-1.jpg", "2e9a886cd6049524ef4352caf5ccb293", "7bb4e99f4ed1af5856f787af68b18dbb")]
    [InlineData("car-3.jpg", "476096c89bc0937b71a1f1c2aed6a6a0", "948513aed8e9bdaef1665995eece4b1d")]
    [InlineData("girl-2.jpg", "618dc9a019cb81ccab8735080600cdbc", "f0f7860f8bdd2c0548c5f32fab88f94b")]
    public void Photographs_decode_to_the_bytes_that_Pillow_decodes(string name, string rgbDigest, string greyDigest)
    {
        string? photo = SharedFolder.RequirePhotos().FirstOrDefault(file => Path.GetFileName(file) == name);
        Assert.SkipWhen(photo is null, $"SKIPPED: no photograph {name}");
        Assert.SkipUnless(Fixtures.OverStandIns, "SKIPPED: ImageSharp's own JPEG decoder rounds differently and repeats chroma");
        Assert.Equal(rgbDigest, Digest(ImageFile.ReadRgb(photo!)));
        Assert.Equal(greyDigest, Digest(ImageFile.ReadGrey(photo!)));
    }

    private static string Digest(PixelImage image) =>
#pragma warning disable CA5351 // a digest to compare pictures by, not a signature
        Convert.ToHexStringLower(MD5.HashData(image.Pixels));
#pragma warning restore CA5351
}
