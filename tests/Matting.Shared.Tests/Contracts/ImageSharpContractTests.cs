using System.Runtime.InteropServices;
using Matting.Shared.Imaging;
using Matting.Shared.Tests.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.PixelFormats;

namespace Matting.Shared.Tests.Contracts;

/// <summary>What the code relies on in SixLabors.ImageSharp, over the package and over its stand-in.</summary>
public class ImageSharpContractTests
{
    private static readonly DecoderOptions Options = new() { SkipMetadata = true, MaxFrames = 1 };

    [Fact]
    public void Pixels_lie_in_memory_without_gaps_in_the_order_of_their_names()
    {
        Assert.Equal((1, 3, 4, 6, 8), (Marshal.SizeOf<L8>(), Marshal.SizeOf<Rgb24>(), Marshal.SizeOf<Rgba32>(), Marshal.SizeOf<Rgb48>(), Marshal.SizeOf<Rgba64>()));
        Assert.Equal([1, 2, 3], MemoryMarshal.AsBytes<Rgb24>([new Rgb24 { R = 1, G = 2, B = 3 }]).ToArray());
        Assert.Equal([1, 2, 3, 4], MemoryMarshal.AsBytes<Rgba32>([new Rgba32 { R = 1, G = 2, B = 3, A = 4 }]).ToArray());
        Assert.Equal([1, 2, 3], MemoryMarshal.Cast<Rgb48, ushort>([new Rgb48 { R = 1, G = 2, B = 3 }]).ToArray());
        Assert.Equal([1, 2, 3, 4], MemoryMarshal.Cast<Rgba64, ushort>([new Rgba64 { R = 1, G = 2, B = 3, A = 4 }]).ToArray());
        Assert.Equal([7], MemoryMarshal.AsBytes<L8>([new L8 { PackedValue = 7 }]).ToArray());
    }

    [Fact]
    public void Colours_load_into_every_pixel_type()
    {
        PixelImage rgba = Fixtures.Expected("rgba8.png");
        Assert.Equal(SomePixels.Take(rgba, 3).Pixels, Load<Rgb24>("rgba8.png"));
        Assert.Equal(rgba.Pixels, Load<Rgba32>("rgba8.png"));
        Assert.Equal(rgba.Pixels.Select(level => (ushort)(level * 257)), Wide<Rgba64>("rgba8.png"));
        Assert.Equal(SomePixels.Take(rgba, 3).Pixels.Select(level => (ushort)(level * 257)), Wide<Rgb48>("rgba8.png"));
    }

    [Fact]
    public void Grey_files_load_as_grey_and_colours_by_BT709()
    {
        PixelImage rgb = Fixtures.Expected("rgb8.png");
        byte[] expected = [.. Enumerable.Range(0, rgb.Width * rgb.Height).Select(i =>
            (byte)((rgb.Pixels[3 * i] * .2126F) + (rgb.Pixels[(3 * i) + 1] * .7152F) + (rgb.Pixels[(3 * i) + 2] * .0722F) + 0.5F))];
        Assert.Equal(expected, Load<L8>("rgb8.png"));
        Assert.Equal(SomePixels.Take(Fixtures.Expected("grey8.png"), 1).Pixels, Load<L8>("grey8.png"));
    }

    [Fact]
    public void Sixteen_bits_are_kept_or_rounded_to_eight()
    {
        ushort[] wide = Wide<Rgb48>("rgb16.png");
        Assert.Equal(Fixtures.Expected("rgb16.png").Pixels, wide.Select(value => (byte)(value >> 8)));
        Assert.Contains(wide, value => value % 257 != 0);
        Assert.Equal(wide.Select(value => (byte)(((value * 255) + 32895) >> 16)), Load<Rgb24>("rgb16.png"));
        Assert.Equal(wide, Wide<Rgba64>("rgb16.png").Where((_, i) => i % 4 != 3));
    }

    [Fact]
    public void Unknown_content_and_damaged_content_have_their_exceptions()
    {
        Assert.Throws<UnknownImageFormatException>(() => Image.Load<Rgb24>(Options, "no picture at all"u8));
        byte[] png = File.ReadAllBytes(Fixtures.PathOf("rgb8.png"));
        Assert.ThrowsAny<ImageFormatException>(() => Image.Load<Rgb24>(Options, png.AsSpan(0, 20)));
        byte[] bmp = File.ReadAllBytes(Fixtures.PathOf("rgb24.bmp"));
        bmp[28] = 7; // bits of a pixel
        Assert.ThrowsAny<Exception>(() => Image.Load<Rgb24>(Options, bmp));
        Assert.True(typeof(Exception).IsAssignableFrom(typeof(ImageFormatException)));
        Assert.True(typeof(ImageFormatException).IsAssignableFrom(typeof(InvalidImageContentException)));
        Assert.True(typeof(InvalidOperationException).IsAssignableFrom(typeof(SixLabors.ImageSharp.Memory.InvalidMemoryOperationException)));
    }

    [Fact]
    public void Pixels_of_our_own_need_enough_bytes_and_come_back()
    {
        byte[] pixels = SomePixels.Noise(5, 4, 3).Pixels;
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(pixels, 5, 4);
        Assert.Equal((5, 4), (image.Width, image.Height));
        byte[] copy = new byte[60];
        image.CopyPixelDataTo(copy);
        Assert.Equal(pixels, copy);
        pixels[0]++;
        image.CopyPixelDataTo(copy);
        Assert.NotEqual(pixels[0], copy[0]);
        Assert.ThrowsAny<ArgumentException>(() => image.CopyPixelDataTo(new byte[59]));
        Assert.ThrowsAny<ArgumentException>(() => Image.LoadPixelData<Rgb24>(pixels.AsSpan(0, 59), 5, 4));
        Assert.ThrowsAny<ArgumentException>(() => Image.LoadPixelData<Rgb24>(pixels, 0, 4));
    }

    [Fact]
    public void A_disposed_image_gives_nothing_and_may_be_disposed_again()
    {
        Image<L8> image = Image.LoadPixelData<L8>(new byte[4], 2, 2);
        image.Dispose();
        image.Dispose();
        Assert.Throws<ObjectDisposedException>(() => image.CopyPixelDataTo(new byte[4]));
        Assert.Throws<ObjectDisposedException>(() => image.Save(Stream.Null, new PngEncoder()));
    }

    [Fact]
    public void Saving_without_stream_or_encoder_is_refused()
    {
        using Image<L8> image = Image.LoadPixelData<L8>(new byte[4], 2, 2);
        Assert.Throws<ArgumentNullException>(() => image.Save(null!, new PngEncoder()));
        Assert.Throws<ArgumentNullException>(() => image.Save(Stream.Null, null!));
        Assert.Throws<ArgumentException>(() => new JpegEncoder { Quality = 0 });
        Assert.Throws<ArgumentException>(() => new JpegEncoder { Quality = 101 });
    }

    [Theory]
    [InlineData(PngColorType.Grayscale, 0)]
    [InlineData(PngColorType.Rgb, 2)]
    [InlineData(PngColorType.RgbWithAlpha, 6)]
    public void Png_is_written_in_the_colour_type_asked_for(PngColorType type, byte code)
    {
        using Image<Rgba32> image = Image.LoadPixelData<Rgba32>(SomePixels.Noise(6, 5, 4).Pixels, 6, 5);
        byte[] file = Save(image, new PngEncoder { ColorType = type, BitDepth = PngBitDepth.Bit8, CompressionLevel = PngCompressionLevel.BestCompression });
        Assert.Equal((8, code), (file[24], file[25]));
    }

    [Fact]
    public void Jpeg_and_webp_are_written_as_such()
    {
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(SomePixels.Noise(16, 16, 3).Pixels, 16, 16);
        foreach (JpegEncodingColor colour in (JpegEncodingColor[])[JpegEncodingColor.Luminance, JpegEncodingColor.YCbCrRatio420, JpegEncodingColor.YCbCrRatio444])
        {
            byte[] jpeg = Save(image, new JpegEncoder { Quality = 90, ColorType = colour });
            Assert.Equal("JPEG", ImageFile.Identify(jpeg, "memory").Format);
        }
        byte[] lossless = Save(image, new WebpEncoder { FileFormat = WebpFileFormatType.Lossless, Quality = 50, TransparentColorMode = WebpTransparentColorMode.Preserve });
        Assert.Equal("WebP", ImageFile.Identify(lossless, "memory").Format);
        Assert.Equal(SomePixels.Noise(16, 16, 3).Pixels, ImageFile.ReadRgb(lossless, "memory").Pixels);
    }

    [Fact]
    public void A_colour_profile_is_written_as_it_is_and_belongs_to_the_image_alone()
    {
        byte[] bytes = File.ReadAllBytes(Fixtures.PathOf("profile.icc"));
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(SomePixels.Noise(16, 16, 3).Pixels, 16, 16);
        Assert.Null(image.Metadata.IccProfile);
        image.Metadata.IccProfile = new IccProfile(bytes);
        Assert.NotSame(bytes, image.Metadata.IccProfile.ToByteArray());
        Assert.Equal(bytes, image.Metadata.DeepClone().IccProfile!.ToByteArray());
        foreach (IImageEncoder encoder in (IImageEncoder[])[new PngEncoder(), new JpegEncoder(), new WebpEncoder { FileFormat = WebpFileFormatType.Lossless }, new WebpEncoder { FileFormat = WebpFileFormatType.Lossy }])
            Assert.Equal(bytes, ImageFile.ReadRgb(Save(image, encoder), "memory").ColourProfile.ToArray());
    }

    [Fact]
    public void Metadata_that_is_skipped_is_not_there()
    {
        using Image<Rgb24> image = Image.Load<Rgb24>(Options, File.ReadAllBytes(Fixtures.PathOf("profile.png")));
        Assert.Null(image.Metadata.IccProfile);
    }

    private static byte[] Load<TPixel>(string name)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using Image<TPixel> image = Image.Load<TPixel>(Options, File.ReadAllBytes(Fixtures.PathOf(name)));
        byte[] pixels = new byte[image.Width * image.Height * Marshal.SizeOf<TPixel>()];
        image.CopyPixelDataTo(pixels);
        return pixels;
    }

    private static ushort[] Wide<TPixel>(string name)
        where TPixel : unmanaged, IPixel<TPixel> => MemoryMarshal.Cast<byte, ushort>(Load<TPixel>(name)).ToArray();

    private static byte[] Save(Image image, IImageEncoder encoder)
    {
        using MemoryStream stream = new();
        image.Save(stream, encoder);
        return stream.ToArray();
    }
}
