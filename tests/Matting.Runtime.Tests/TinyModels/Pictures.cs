using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Testing;

namespace Matting.Runtime.Tests.TinyModels;

/// <summary>Pictures of random pixels, the same for the same seed.</summary>
internal static class Pictures
{
    public static PixelImage Rgb(int width, int height, long seed = 1)
    {
        PixelImage picture = new(width, height, 3);
        SeededRandom random = new(seed);
        for (int i = 0; i < picture.Pixels.Length; i++)
            picture.Pixels[i] = (byte)random.Next(256);
        return picture;
    }

    /// <summary>Writes a picture into a folder and returns its path.</summary>
    public static string File(TempFolder folder, string name, int width, int height, long seed = 1)
    {
        string path = folder.File(name);
        ImageFile.Write(path, Rgb(width, height, seed));
        return path;
    }
}
