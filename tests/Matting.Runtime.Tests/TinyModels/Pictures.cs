using System.Buffers.Binary;
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

    /// <summary>A picture of random pixels with a colour profile.</summary>
    public static PixelImage WithProfile(int width, int height, int profileLength) =>
        new(width, height, 3, Rgb(width, height).Pixels) { ColourProfile = Profile(profileLength) };

    /// <summary>Bytes that are a colour profile by their header.</summary>
    public static byte[] Profile(int length)
    {
        byte[] profile = new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(profile, length);
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }

    /// <summary>Writes a picture into a folder and returns its path.</summary>
    public static string File(TempFolder folder, string name, int width, int height, long seed = 1)
    {
        string path = folder.File(name);
        ImageFile.Write(path, Rgb(width, height, seed));
        return path;
    }
}
