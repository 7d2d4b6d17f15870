using System.Runtime.InteropServices;
using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Testing;
using Matting.Trainer.Data;

namespace Matting.Parity.Tests;

/// <summary>From the same files the trainer's validation and the runtime feed a network the same bytes.</summary>
public sealed class PreprocessingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("imagenet", 64)]
    [InlineData("half", 96)]
    [InlineData("unit", 33)]
    public void Pictures_of_every_kind(string profile, int size)
    {
        List<string> files = [];
        foreach (string extension in (string[])[".png", ".jpg", ".webp"])
        {
            foreach ((int width, int height) in ((int, int)[])[(size, size), (200, 150), (41, 97), (1, 1)])
                files.Add(WritePicture($"picture{files.Count}{extension}", width, height));
        }
        Compare(files, NormalisationProfile.Get(profile), size);
    }

    [Fact]
    public void Photographs()
    {
        string? photos = SharedFolder.Find() is { } shared ? Path.Combine(shared, "photos") : null;
        Assert.SkipUnless(Directory.Exists(photos), "SKIPPED: no ../shared/photos beside the checkout");
        Compare([.. Directory.EnumerateFiles(photos!, "*.jpg").Order(StringComparer.Ordinal)], NormalisationProfile.Imagenet, 320);
    }

    private void Compare(IReadOnlyList<string> files, NormalisationProfile profile, int size)
    {
        int plane = size * size;
        ValidationSamples samples = new(Table(files), size, profile);
        float[][] expected = [.. Enumerable.Range(0, files.Count).Select(index => Load(samples, index, plane))];
        for (int channel = 0; channel < 3; channel++)
        {
            using MattingModel model = EchoModel.Load(channel, size, profile);
            PictureOutcome<float[]>[] outcomes =
                [.. model.PredictFiles(files, (_, alpha) => alpha.Values.ToArray(), cancellation: TestContext.Current.CancellationToken)];
            for (int i = 0; i < files.Count; i++)
            {
                Assert.Null(outcomes[i].Failure);
                Near.AssertSameBytes(
                    MemoryMarshal.AsBytes(expected[i].AsSpan(channel * plane, plane)), MemoryMarshal.AsBytes(outcomes[i].Result.AsSpan()), $"{files[i]} channel {channel}");
            }
        }
    }

    private static float[] Load(ValidationSamples samples, int index, int plane)
    {
        float[] image = new float[3 * plane], alpha = new float[plane];
        samples.Load(index, epoch: 0, image, alpha);
        return image;
    }

    /// <summary>A CSV of the pictures, each with an alpha of its size, which the trainer asks for.</summary>
    private SampleTable Table(IReadOnlyList<string> files)
    {
        List<string> lines = ["image_path,alpha_path"];
        for (int i = 0; i < files.Count; i++)
        {
            PixelImage picture = ImageFile.ReadRgb(files[i]);
            ImageFile.Write(_folder.File($"alpha{i}.png"), new PixelImage(picture.Width, picture.Height, 1));
            lines.Add($"{files[i]},alpha{i}.png");
        }
        File.WriteAllLines(_folder.File("samples.csv"), lines);
        return SampleTableReader.Read(_folder.File("samples.csv"));
    }

    private string WritePicture(string name, int width, int height)
    {
        SeededRandom random = new(width, height);
        PixelImage picture = new(width, height, 3);
        foreach (ref byte value in picture.Pixels.AsSpan())
            value = (byte)random.Next(256);
        ImageFile.Write(_folder.File(name), picture);
        return _folder.File(name);
    }
}
