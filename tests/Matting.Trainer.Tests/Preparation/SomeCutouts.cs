using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Testing;

namespace Matting.Trainer.Tests.Preparation;

/// <summary>Cut-outs to prepare: discs with soft edges over noise, in a folder of a test.</summary>
internal static class SomeCutouts
{
    private static readonly string Fixtures = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Matting.Shared.Tests", "Fixtures", "Images");

    /// <summary>A disc of noise, RGBA.</summary>
    public static PixelImage Disc(long seed, int width = 21, int height = 18)
    {
        SeededRandom random = new(seed);
        PixelImage picture = new(width, height, 4);
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            int x = i / 4 % width, y = i / 4 / width;
            double inside = Math.Clamp((Math.Min(width, height) / 3.0) - double.Hypot(x - (width / 2.0), y - (height / 2.0)), 0, 3) / 3;
            picture.Pixels[i] = (byte)(i % 4 == 3 ? 255 * inside : random.Next(256));
        }
        return picture;
    }

    /// <summary>Writes discs as cut-outs, each with a seed of its name.</summary>
    public static void Write(TempFolder folder, params string[] names)
    {
        foreach (string name in names)
            ImageFile.Write(folder.File("cutouts", name), Disc((long)StableHash.Fnv1a(name)), new ImageWriteOptions { WebpLossless = true });
    }

    /// <summary>Copies a picture of the fixtures of Matting.Shared.Tests among the cut-outs.</summary>
    public static void Copy(TempFolder folder, string fixture, string name) => File.Copy(Path.Combine(Fixtures, fixture), folder.File("cutouts", name));
}
