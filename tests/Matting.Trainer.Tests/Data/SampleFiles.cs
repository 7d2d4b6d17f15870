using System.Globalization;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Testing;

namespace Matting.Trainer.Tests.Data;

/// <summary>Small pictures with alphas and the CSV that lists them.</summary>
internal static class SampleFiles
{
    /// <summary>Writes pairs <c>N.png</c> and <c>N_alpha.png</c> of noise around a disc and their CSV; returns the CSV's path.</summary>
    public static string Write(TempFolder folder, string csv, int count, int width, int height, long seed = 1)
    {
        List<string> lines = ["image_path,alpha_path"];
        string stem = Path.GetFileNameWithoutExtension(csv);
        for (int i = 0; i < count; i++)
        {
            string image = string.Create(CultureInfo.InvariantCulture, $"{stem}{i}.png"), alpha = $"{stem}{i}_alpha.png";
            WritePair(folder.File(image), folder.File(alpha), width, height, seed + i);
            lines.Add($"{image},{alpha}");
        }
        return WriteCsv(folder, csv, [.. lines]);
    }

    public static string WriteCsv(TempFolder folder, string csv, params string[] lines)
    {
        string path = folder.File(csv);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return path;
    }

    public static void WritePair(string imagePath, string alphaPath, int width, int height, long seed)
    {
        SeededRandom random = new(seed);
        PixelImage image = new(width, height, 3), alpha = new(width, height, 1);
        double x0 = random.Uniform(0.3, 0.7) * width, y0 = random.Uniform(0.3, 0.7) * height, radius = Math.Min(width, height) / 4.0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double inside = Math.Clamp(radius + 1 - double.Hypot(x - x0, y - y0), 0, 1);
                alpha.Row(y)[x] = (byte)(255 * inside);
                for (int channel = 0; channel < 3; channel++)
                    image.Row(y)[3 * x + channel] = (byte)(random.Next(60) + 190 * inside);
            }
        }
        ImageFile.Write(imagePath, image);
        ImageFile.Write(alphaPath, alpha);
    }
}
