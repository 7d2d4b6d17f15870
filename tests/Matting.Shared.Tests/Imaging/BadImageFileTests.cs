using System.Buffers.Binary;
using Matting.Shared.Imaging;
using Matting.Testing;

namespace Matting.Shared.Tests.Imaging;

public class BadImageFileTests
{
    // Mutated headers may claim any size; nothing larger than this needs decoding to prove a point.
    private static readonly ImageReadOptions Small = new() { MaxPixels = 250_000 };

    public static TheoryData<string> All() => Fixtures.All();

    [Fact]
    public void A_missing_file_is_named()
    {
        using TempFolder folder = new();
        string path = folder.File("missing", "picture.png");
        ImageFileException failure = Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(path));
        Assert.Equal(ImageFileError.NotFound, failure.Reason);
        Assert.Equal(path, failure.File);
        Assert.StartsWith(path + ": ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_picture()
    {
        using TempFolder folder = new();
        Assert.Equal(ImageFileError.Inaccessible, Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(folder.Path)).Reason);
    }

    [Theory]
    [InlineData("", ImageFileError.Corrupt)]
    [InlineData("hello, this is no picture", ImageFileError.UnknownFormat)]
    [InlineData("GIF89a", ImageFileError.UnknownFormat)]
    [InlineData("RIFF....WAVE", ImageFileError.UnknownFormat)]
    [InlineData("BM", ImageFileError.Corrupt)]
    [InlineData("II*\0", ImageFileError.Corrupt)]
    public void What_is_no_picture_says_so(string content, ImageFileError reason)
    {
        ImageFileException failure = Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(System.Text.Encoding.Latin1.GetBytes(content), "memory"));
        Assert.Equal(reason, failure.Reason);
        Assert.StartsWith("memory: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_that_was_cut_off_anywhere_is_refused(string name)
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf(name));
        // the last bytes may say nothing: where a TIFF's next directory would be, how a BMP's last row is filled up
        int needed = content.Length - (Path.GetExtension(name) switch { ".tif" => 8, ".bmp" => 4, _ => 0 });
        for (int length = 0; length < needed; length += length < 64 ? 1 : 7)
        {
            ImageFileException failure = Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(content.AsMemory(0, length), name));
            Assert.DoesNotContain('\n', failure.Message);
        }
        Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(content.AsMemory(0, needed - 1), name));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Damaged_content_is_a_picture_or_an_error_and_nothing_else(string name)
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf(name));
        Random random = new(name.Length);
        for (int round = 0; round < 120; round++)
        {
            byte[] damaged = Damage(content, random);
            foreach (int channels in (int[])[1, 3, 4])
                ReadOrFail(damaged, channels, $"{name}, round {round}");
        }
    }

    [Theory]
    [InlineData("rgb8.png")]
    [InlineData("420.jpg")]
    [InlineData("lossless.webp")]
    [InlineData("rgb24.bmp")]
    [InlineData("lzw.tif")]
    public void The_pixel_cap_counts_every_pixel(string name)
    {
        ImageFileException failure = Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(Fixtures.PathOf(name), new ImageReadOptions { MaxPixels = (23 * 17) - 1 }));
        Assert.Equal(ImageFileError.TooLarge, failure.Reason);
        Assert.Contains("23x17", failure.Message, StringComparison.Ordinal);
        Assert.Equal(23, ImageFile.ReadRgb(Fixtures.PathOf(name), new ImageReadOptions { MaxPixels = 23 * 17 }).Width);
    }

    [Fact]
    public void The_pixel_cap_is_checked_before_anything_is_decoded()
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf("rgb8.png"));
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(16), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(20), 60_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageFileException failure = Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(content, "bomb.png"));
        Assert.Equal(ImageFileError.TooLarge, failure.Reason);
        Assert.Contains("60000x60000 pixels, more than the limit of 100000000", failure.Message, StringComparison.Ordinal);
        // far below what a single row of pixels per megapixel would take
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Tiles_count_too_because_they_are_decoded_whole()
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf("tiled.tif"));
        Span<byte> width = content.AsSpan(TagOf(content, 0x142) + 8);
        Assert.Equal(16, BinaryPrimitives.ReadUInt16LittleEndian(width));
        // as a number of four bytes
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(TagOf(content, 0x142) + 2), 4);
        BinaryPrimitives.WriteInt32LittleEndian(width, 10_000_000);
        ImageFileException failure = Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(content, "tiled.tif"));
        Assert.Equal(ImageFileError.TooLarge, failure.Reason);
        Assert.Contains("a tile of 160000000 pixels, more than the limit of 100000000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generous_pixel_cap_ends_where_arrays_end()
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf("rgb8.png"));
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(16), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(20), 60_000);
        ImageFileException failure = Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(content, "bomb.png", new ImageReadOptions { MaxPixels = long.MaxValue }));
        Assert.Equal(ImageFileError.TooLarge, failure.Reason);
    }

    [Fact]
    public void A_jpeg_whose_coded_data_is_gone_is_refused()
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf("420.jpg"));
        Assert.Equal(ImageFileError.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(content.AsMemory(0, content.Length - 2), "no-end.jpg")).Reason);
    }

    [Fact]
    public void A_png_with_a_wrong_checksum_is_refused()
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf("rgb8.png"));
        content[29] ^= 1; // the first byte of the header's checksum
        Assert.Equal(ImageFileError.Corrupt, Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(content, "bad.png")).Reason);
    }

    [Fact]
    public void A_bmp_palette_that_is_too_short_is_refused()
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf("palette8.bmp"));
        byte[] cut = [.. content[..58], .. content[(54 + 1024)..]];
        BinaryPrimitives.WriteInt32LittleEndian(cut.AsSpan(10), 58);
        ImageFileException failure = Assert.Throws<ImageFileException>(() => ImageFile.ReadRgb(cut, "palette.bmp"));
        Assert.Equal(ImageFileError.Corrupt, failure.Reason);
    }

    // where the entry of a tag begins in the first directory of a small little-endian TIFF
    private static int TagOf(byte[] tiff, ushort tag)
    {
        int at = BinaryPrimitives.ReadInt32LittleEndian(tiff.AsSpan(4)) + 2;
        while (BinaryPrimitives.ReadUInt16LittleEndian(tiff.AsSpan(at)) != tag)
            at += 12;
        return at;
    }

    private static byte[] Damage(byte[] content, Random random)
    {
        byte[] damaged = [.. content];
        switch (random.Next(4))
        {
            case 0: // flipped bits
                for (int i = random.Next(1, 9); i > 0; i--)
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                return damaged;
            case 1: // extreme numbers near the beginning, where the headers are
                int at = random.Next(Math.Min(damaged.Length - 4, 120));
                int[] extremes = [0, -1, int.MaxValue, int.MinValue, 1, 0x7FFF, 0xFFFF];
                BinaryPrimitives.WriteInt32LittleEndian(damaged.AsSpan(at), extremes[random.Next(extremes.Length)]);
                return damaged;
            case 2: // a piece removed
                int start = random.Next(damaged.Length);
                return [.. damaged[..start], .. damaged[Math.Min(damaged.Length, start + random.Next(1, 40))..]];
            default: // a piece of noise
                int from = random.Next(damaged.Length);
                random.NextBytes(damaged.AsSpan(from, Math.Min(random.Next(1, 40), damaged.Length - from)));
                return damaged;
        }
    }

    private static void ReadOrFail(byte[] content, int channels, string what)
    {
        try
        {
            PixelImage image = channels switch
            {
                1 => ImageFile.ReadGrey(content, "damaged", Small),
                3 => ImageFile.ReadRgb(content, "damaged", Small),
                _ => ImageFile.ReadRgba(content, "damaged", Small),
            };
            Assert.Equal(channels, image.Channels);
        }
        catch (ImageFileException failure)
        {
            Assert.True(failure.Message.StartsWith("damaged: ", StringComparison.Ordinal) && !failure.Message.Contains('\n', StringComparison.Ordinal), $"{what}: {failure.Message}");
        }
    }
}
