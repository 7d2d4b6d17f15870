using Matting.Fuzz.Corpus;
using Matting.Fuzz.Mutations;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Fuzz.Targets;

/// <summary>Pictures of one format, read in the three ways there are.</summary>
internal sealed class ImageTarget(string name, string extension) : FuzzTarget(name, extension)
{
    // damaged headers claim any size: with this limit the largest one takes some 30 MiB while it is decoded
    private static readonly ImageReadOptions Reading = new() { MaxPixels = 1_000_000 };

    private readonly byte[][] _seeds = SeedFiles.With(extension);

    public override byte[] Input(SeededRandom random)
    {
        byte[] seed = Pick(_seeds, random), other = Pick(_seeds, random);
        return Extension == ".png" && random.Chance(0.7) ? PngMutator.Mutate(seed, other, random) : ByteMutator.Mutate(seed, other, random);
    }

    public override void Try(byte[] input)
    {
        ImageFileInfo info = ImageFile.Identify(input, "picture", Reading);
        PixelImage picture = (input.Length % 3) switch
        {
            0 => ImageFile.ReadRgb(input, "picture", Reading),
            1 => ImageFile.ReadGrey(input, "picture", Reading),
            _ => ImageFile.ReadRgba(input, "picture", Reading),
        };
        if (picture.Width != info.Width || picture.Height != info.Height)
            throw new FuzzFailureException($"identified as {info.Width}x{info.Height}, read as {picture.Width}x{picture.Height}");
    }

    public override bool Accepts(Exception failure) => failure is ImageFileException;
}
