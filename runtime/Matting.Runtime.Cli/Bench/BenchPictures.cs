using System.Globalization;
using Matting.CommandLine;
using Matting.Runtime.Cli.Batches;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;

namespace Matting.Runtime.Cli.Bench;

/// <summary>The pictures that are measured with: those of a folder, or one that is made for it and deleted afterwards.</summary>
internal sealed class BenchPictures : IDisposable
{
    private const int Width = 1440;
    private const int Height = 1080;

    // levels of noise, about a camera's: it costs the JPEG decoder time
    private const double Grain = 6;

    // enough for an average; every round reads all of them
    private const int MostOfFolder = 32;

    private readonly DirectoryInfo? _made;

    private BenchPictures(IReadOnlyList<string> files, string description, DirectoryInfo? made) => (Files, Description, _made) = (files, description, made);

    /// <summary>At least one.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>What they are, in a few words.</summary>
    public string Description { get; }

    /// <summary>The first pictures of a folder by name.</summary>
    /// <exception cref="UserErrorException">There is no such folder, or no picture in it.</exception>
    public static BenchPictures OfFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"{folder}: there is no such folder");
        IReadOnlyList<string> files = PictureList.OfFolder(folder).Pictures;
        string[] taken = [.. files.Take(MostOfFolder)];
        string first = taken.Length < files.Count ? $"the first {taken.Length} " : $"{taken.Length} ";
        return new BenchPictures(taken, $"{first}of {folder}", null);
    }

    /// <summary>Makes a picture in the folder for temporary files: a JPEG, a soft disc over stripes with the grain of a photograph, always the same.</summary>
    public static BenchPictures Make()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("matting-bench-");
        string file = Path.Combine(folder.FullName, "made.jpg");
        ImageFile.Write(file, Draw());
        return new BenchPictures([file], string.Create(CultureInfo.InvariantCulture, $"one JPEG of {Width}x{Height}, made for this"), folder);
    }

    public void Dispose() => _made?.Delete(recursive: true);

    private static PixelImage Draw()
    {
        PixelImage picture = new(Width, Height, 3);
        SeededRandom random = new(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            Span<byte> row = picture.Row(y);
            for (int x = 0; x < Width; x++)
            {
                double distance = double.Hypot(x - (Width / 2.0), y - (Height / 2.0)) / Height;
                double disc = Math.Clamp((0.35 - distance) * 20, 0, 1), stripes = 128 + (50 * Math.Sin(x / 37.0) * Math.Cos(y / 53.0));
                for (int channel = 0; channel < 3; channel++)
                {
                    double colour = (disc * (60 + (60 * channel))) + ((1 - disc) * stripes);
                    row[(3 * x) + channel] = (byte)Math.Clamp(colour + random.Uniform(-Grain, Grain), 0, 255);
                }
            }
        }
        return picture;
    }
}
