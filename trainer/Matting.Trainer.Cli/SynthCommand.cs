using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Trainer.Synthesis;

namespace Matting.Trainer.Cli;

/// <summary><c>synth</c>: pictures with known alpha to train on.</summary>
internal static class SynthCommand
{
    public static Command Create()
    {
        Option<string> folder = new("--out") { Description = "Folder of the dataset; new or empty", HelpName = "DIR", Required = true };
        Option<int> count = CommonOptions.Whole("--count", "Pairs for training and validation together", 2, 1_000_000, 64);
        Option<PictureSize?> size = CommonOptions.Size("Size of every picture", new PictureSize(256, 256));
        Option<long> seed = CommonOptions.Seed(1);
        Option<double> validation = CommonOptions.Number("--val", "Share of the pairs kept for validation", 0.001, 0.999, 0.2);
        Option<int> test = CommonOptions.Whole("--test", "Held-out pictures beside the pairs", 0, 1_000_000, 8);
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command command = new("synth", "Makes pictures with known alpha: hair, glass, smoke, holes and more over many backgrounds")
        {
            folder, count, size, seed, validation, test, threads, overwrite,
        };
        command.SetAction((parsed, cancellation) =>
        {
            PictureSize pixels = parsed.GetValue(size)!.Value;
            CheckSide(pixels);
            SynthesisOptions options = new()
            {
                Folder = parsed.GetRequiredValue(folder),
                Count = parsed.GetValue(count),
                Height = pixels.Height,
                Width = pixels.Width,
                Seed = parsed.GetValue(seed),
                ValidationShare = parsed.GetValue(validation),
                TestCount = parsed.GetValue(test),
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Overwrite = parsed.GetValue(overwrite),
            };
            return Task.FromResult(Run(options, parsed.InvocationConfiguration.Output, cancellation));
        });
        return command.WithExamples(
            new CommandExample("matting-train synth --out data/synth --count 64 --size 256 --seed 1", "64 pairs and 8 held-out pictures of 256 x 256"),
            new CommandExample("matting-train synth --out data/large --count 2000 --size 512x768", "2000 pairs, 512 high and 768 wide"));
    }

    private static int Run(SynthesisOptions options, TextWriter output, CancellationToken cancellation)
    {
        if (!options.Overwrite && Directory.Exists(options.Folder) && Directory.EnumerateFileSystemEntries(options.Folder).Any())
            throw new UserErrorException($"{options.Folder}: the folder is not empty; choose a new one, or replace the dataset with --overwrite");
        long started = TimeProvider.System.GetTimestamp();
        using ProgressLine progress = new("synth", options.Count + options.TestCount);
        (int training, int validation, int test) = SyntheticDataset.Write(options, () => progress.Advance(), cancellation);
        string took = HumanText.Duration(TimeProvider.System.GetElapsedTime(started));
        progress.WriteLine(output, $"{options.Folder}: {training} pairs to train on (train.csv), {validation} to validate with (val.csv), "
            + $"{test} held-out pictures (test/), {options.Height}x{options.Width}, seed {options.Seed}, in {took}");
        return ExitCodes.Done;
    }

    private static void CheckSide(PictureSize size)
    {
        if (Math.Min(size.Height, size.Width) < SyntheticPicture.SmallestSide || Math.Max(size.Height, size.Width) > SyntheticPicture.LargestSide)
            throw UserErrorException.Usage($"--size {size}: expected sides of {SyntheticPicture.SmallestSide} to {SyntheticPicture.LargestSide} pixels");
    }
}
