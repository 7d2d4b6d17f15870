using Matting.Shared.Imaging;
using Matting.Shared.Tests.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace Matting.Shared.Tests.Contracts;

/// <summary>Thousands of damaged files straight into the decoders, past the checks that <see cref="ImageFile"/> makes first.</summary>
public class DamagedContentContractTests
{
    private static readonly DecoderOptions Options = new() { SkipMetadata = true, MaxFrames = 1 };
    private static readonly ImageReadOptions Small = new() { MaxPixels = 1_000_000 };

    public static TheoryData<string> All() => Fixtures.All();

    [Theory]
    [MemberData(nameof(All))]
    public void A_decoder_gives_pixels_or_its_documented_exceptions(string name)
    {
        byte[] content = File.ReadAllBytes(Fixtures.PathOf(name));
        Random random = new(7);
        for (int round = 0; round < 60; round++)
        {
            byte[] damaged = [.. content];
            for (int i = random.Next(1, 20); i > 0; i--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            ReadOnlyMemory<byte> cut = damaged.AsMemory(0, round % 3 == 0 ? random.Next(1, damaged.Length) : damaged.Length);
            if (IsHuge(cut))
                continue;
            LoadOrFail<Rgb24>(cut.Span);
            LoadOrFail<Rgba64>(cut.Span);
            LoadOrFail<L8>(cut.Span);
        }
    }

    private static bool IsHuge(ReadOnlyMemory<byte> content)
    {
        try
        {
            ImageFile.Identify(content, "damaged", Small);
            return false;
        }
        catch (ImageFileException failure)
        {
            return failure.Reason == ImageFileError.TooLarge;
        }
    }

    // The official decoders let some damage surface as other exceptions; ImageFile catches those. The stand-in has no excuse.
    private static void LoadOrFail<TPixel>(ReadOnlySpan<byte> content)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        try
        {
            using Image<TPixel> image = Image.Load<TPixel>(Options, content);
            Assert.InRange(image.Width, 1, int.MaxValue);
        }
        catch (Exception failure) when (failure is ImageFormatException or NotSupportedException or InvalidMemoryOperationException || !Fixtures.OverStandIns)
        {
            Assert.NotEmpty(failure.Message);
        }
    }
}
