using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Matting.Shared.Imaging;

namespace Matting.Shared.Tests.Imaging;

/// <summary>ICC profiles on their way through files and pictures; that other programs find them too was tried with Pillow.</summary>
public class ColourProfileTests
{
    private const int Mebi = 1 << 20;

    // one that fits any container, one of odd length, one that JPEG cuts into four segments
    public static TheoryData<string, int> Files => new()
    {
        { "a.png", 132 }, { "a.png", 3145 }, { "a.png", 200_001 },
        { "a.jpg", 132 }, { "a.jpg", 3145 }, { "a.jpg", 200_001 },
        { "a.webp", 132 }, { "a.webp", 3145 }, { "a.webp", 200_001 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_profile_comes_back_byte_for_byte_and_changes_no_pixel(string name, int length)
    {
        byte[] profile = Profile(length);
        foreach (PixelImage plain in Pictures(name))
        {
            foreach (bool lossless in (bool[])[true, false])
            {
                ImageWriteOptions options = new() { WebpLossless = lossless };
                byte[] with = ImageFile.Encode(name, With(plain, profile), options), without = ImageFile.Encode(name, plain, options);
                PixelImage read = ImageFile.ReadRgba(with, name);
                Assert.Equal(profile, read.ColourProfile.ToArray());
                SomePixels.AssertEqual(ImageFile.ReadRgba(without, name), read);
                Assert.Equal(ImageFile.Identify(without, name), ImageFile.Identify(with, name));
            }
        }
    }

    [Theory]
    [InlineData("profile.png")]
    [InlineData("profile.jpg")]
    [InlineData("profile.webp")]
    [InlineData("profile.tif")]
    public void A_profile_that_another_program_wrote_is_found(string name)
    {
        byte[] expected = File.ReadAllBytes(Fixtures.PathOf("profile.icc"));
        Assert.Equal(expected, ImageFile.ReadRgb(Fixtures.PathOf(name)).ColourProfile.ToArray());
        Assert.Equal(expected, ImageFile.ReadRgba(Fixtures.PathOf(name)).ColourProfile.ToArray());
        Assert.True(ImageFile.ReadRgb(Fixtures.PathOf(name), new ImageReadOptions { ColourProfile = EmbeddedProfile.Drop }).ColourProfile.IsEmpty);
        Assert.True(ImageFile.ReadGrey(Fixtures.PathOf(name)).ColourProfile.IsEmpty);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Turning_a_picture_keeps_its_profile(int orientation)
    {
        byte[] jpeg = ImageFile.Encode("a.jpg", With(SomePixels.Noise(9, 5, 3), Profile(500)));
        byte[] exif = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        byte[] segment = [0xFF, 0xE1, 0, (byte)(8 + exif.Length), .. "Exif\0\0"u8, .. exif];
        PixelImage read = ImageFile.ReadRgb((byte[])[.. jpeg[..2], .. segment, .. jpeg[2..]], "turned");
        Assert.Equal(orientation == 6 ? (5, 9) : (9, 5), (read.Width, read.Height));
        Assert.Equal(Profile(500), read.ColourProfile.ToArray());
    }

    [Fact]
    public void Pictures_made_of_one_picture_have_its_profile_and_composites_that_of_the_foreground()
    {
        byte[] profile = Profile(500), other = Profile(600);
        PixelImage picture = With(SomePixels.Noise(12, 12, 3), profile), background = With(SomePixels.Noise(12, 12, 3), other), alpha = SomePixels.Noise(12, 12, 1);
        PixelImage[] made =
        [
            PillowResize.Bilinear(picture, 5, 7), OpenCvResize.Nearest(picture, 5, 7), PixelTransforms.Crop(picture, 2, 2, 5, 5), PixelTransforms.FlipHorizontal(picture),
            PillowRotate.Bilinear(picture, 10, 0), PillowRotate.Nearest(picture, 90, 0), PillowRotate.Bilinear(picture, 0, 0), PillowEnhance.Brightness(picture, 1.5),
            ForegroundEstimation.Estimate(picture, alpha), Compositing.WithAlpha(picture, alpha), Compositing.OverColour(picture, alpha, 1, 2, 3),
            Compositing.OverPicture(picture, alpha, background), Compositing.Cover(picture, 30, 20),
        ];
        Assert.All(made, image => Assert.Equal(profile, image.ColourProfile.ToArray()));
        Assert.True(Compositing.OverPicture(SomePixels.Noise(12, 12, 3), alpha, background).ColourProfile.IsEmpty);
        Assert.True(GreyConversion.ToGrey(picture).ColourProfile.IsEmpty);
    }

    [Theory]
    [InlineData("profile.png")]
    [InlineData("profile.jpg")]
    [InlineData("profile.webp")]
    [InlineData("profile.tif")]
    public void A_damaged_profile_is_left_out_and_the_picture_read(string name)
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf(name)), profile = File.ReadAllBytes(Fixtures.PathOf("profile.icc"));
        PixelImage expected = ImageFile.ReadRgb(content, name);
        int at = name == "profile.png" ? content.AsSpan().IndexOf("iCCP"u8) + 40 : content.AsSpan().IndexOf(profile) + 36;
        content[at] ^= 0xFF; // the signature of profiles, or the compressed data
        PixelImage read = ImageFile.ReadRgb(content, name);
        Assert.True(read.ColourProfile.IsEmpty);
        SomePixels.AssertEqual(expected, read);
    }

    [Theory]
    [InlineData("GRAY")]
    [InlineData("CMYK")]
    [InlineData("Lab ")]
    public void A_profile_of_other_colours_than_RGB_is_left_out(string space)
    {
        byte[] profile = Profile(600);
        Encoding.ASCII.GetBytes(space).CopyTo(profile, 16);
        Assert.True(ImageFile.ReadRgb(WithPngProfile(Deflated(profile)), "a.png").ColourProfile.IsEmpty);
        Assert.True(ImageFile.ReadRgb(WithJpegProfile((1, 1, profile)), "a.jpg").ColourProfile.IsEmpty);
    }

    [Fact]
    public void A_profile_of_many_megabytes_is_left_out_without_unpacking_it()
    {
        Assert.False(ImageFile.ReadRgb(WithPngProfile(Deflated(Profile(4 * Mebi))), "a.png").ColourProfile.IsEmpty);
        Assert.True(ImageFile.ReadRgb(WithPngProfile(Deflated(Profile((4 * Mebi) + 1))), "a.png").ColourProfile.IsEmpty);
        byte[] bomb = WithPngProfile(Deflated(Profile(256 * Mebi)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(ImageFile.ReadRgb(bomb, "a.png").ColourProfile.IsEmpty);
        // the cap, doubled while it grows, and the picture
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 * Mebi);
    }

    [Fact]
    public void Jpeg_parts_are_put_in_order_and_must_be_all_there_each_once()
    {
        byte[] profile = Profile(900);
        (int, int, byte[]) first = (1, 3, profile[..300]), second = (2, 3, profile[300..600]), third = (3, 3, profile[600..]);
        Assert.Equal(profile, ImageFile.ReadRgb(WithJpegProfile(third, first, second), "a.jpg").ColourProfile.ToArray());
        (int, int, byte[])[][] bad = [[first, second], [first, second, second], [first, second, third, third], [first, second, (3, 4, profile[600..])], [(0, 1, profile)], [(1, 0, profile)], [(1, 1, [])]];
        Assert.All(bad, parts => Assert.True(ImageFile.ReadRgb(WithJpegProfile(parts), "a.jpg").ColourProfile.IsEmpty));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no end of the name")]
    [InlineData("name\0")]
    [InlineData("name\0\x01abc")]
    [InlineData("name\0\0not zlib at all")]
    [InlineData("\0\0\0\0\0")]
    public void A_garbled_chunk_is_no_profile(string chunk) =>
        Assert.True(ImageFile.ReadRgb(PngWithChunk(Encoding.Latin1.GetBytes(chunk)), "a.png").ColourProfile.IsEmpty);

    [Fact]
    public void Only_colours_have_a_profile_and_only_an_RGB_profile_is_one()
    {
        Assert.Throws<ArgumentException>(() => With(SomePixels.Noise(2, 2, 1), Profile(500)));
        Assert.Throws<ArgumentException>(() => With(SomePixels.Noise(2, 2, 3), new byte[500]));
        Assert.Throws<ArgumentException>(() => With(SomePixels.Noise(2, 2, 3), Profile(500)[..131]));
        Assert.Throws<ArgumentException>(() => With(SomePixels.Noise(2, 2, 3), Profile((4 * Mebi) + 1)));
        Assert.True(With(SomePixels.Noise(2, 2, 1), []).ColourProfile.IsEmpty);
    }

    private static IEnumerable<PixelImage> Pictures(string name)
    {
        yield return SomePixels.Noise(33, 21, 3);
        if (name != "a.jpg")
            yield return SomePixels.Noise(20, 31, 4);
    }

    private static PixelImage With(PixelImage image, byte[] profile) => new(image.Width, image.Height, image.Channels, image.Pixels) { ColourProfile = profile };

    /// <summary>The header of a profile, and noise.</summary>
    private static byte[] Profile(int length)
    {
        byte[] profile = new byte[length];
        if (length <= 8 * Mebi)
            new Random(length).NextBytes(profile);
        BinaryPrimitives.WriteInt32BigEndian(profile, length);
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }

    private static byte[] Deflated(byte[] profile)
    {
        using MemoryStream stream = new();
        using (ZLibStream zlib = new(stream, CompressionLevel.Fastest))
            zlib.Write(profile);
        return stream.ToArray();
    }

    private static byte[] WithPngProfile(byte[] deflated) => PngWithChunk([.. "ICC\0\0"u8, .. deflated]);

    // behind the header; checksums of such chunks are not looked at
    private static byte[] PngWithChunk(byte[] data)
    {
        byte[] png = File.ReadAllBytes(Fixtures.PathOf("rgb8.png")), length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. png[..33], .. length, .. "iCCP"u8, .. data, 0, 0, 0, 0, .. png[33..]];
    }

    private static byte[] WithJpegProfile(params (int Number, int Of, byte[] Part)[] parts)
    {
        byte[] jpeg = File.ReadAllBytes(Fixtures.PathOf("444.jpg"));
        IEnumerable<byte> segments = parts.SelectMany(part => (byte[])
            [0xFF, 0xE2, (byte)((16 + part.Part.Length) >> 8), (byte)(16 + part.Part.Length), .. "ICC_PROFILE\0"u8, (byte)part.Number, (byte)part.Of, .. part.Part]);
        return [.. jpeg[..2], .. segments, .. jpeg[2..]];
    }
}
