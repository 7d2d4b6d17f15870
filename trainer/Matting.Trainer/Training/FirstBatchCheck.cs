using System.Globalization;
using System.Numerics.Tensors;
using Matting.Shared.Imaging;
using Matting.Trainer.Data;

namespace Matting.Trainer.Training;

/// <summary>Looks at the first batch before the first step, where a mistake in the data is cheap to find.</summary>
/// <param name="profile">How pixels became numbers.</param>
/// <param name="size">The side that samples must have, in pixels.</param>
/// <param name="count">The samples that the batch must have.</param>
internal sealed class FirstBatchCheck(NormalisationProfile profile, int size, int count)
{
    // rounding of the division by the deviation
    private const float Rounding = 1e-4f;

    private static readonly string[] Channels = ["red", "green", "blue"];

    /// <summary>Checks shapes, ranges and finiteness.</summary>
    /// <returns>One line for people about what is possible but strange; null: nothing is.</returns>
    /// <exception cref="TrainingException">The network cannot be trained with such numbers.</exception>
    public string? Check(Batch batch)
    {
        if (batch.Count != count || batch.Size != size)
            throw Wrong($"it has {batch.Count} samples of {batch.Size}x{batch.Size} pixels, expected {count} of {size}x{size}");
        for (int channel = 0; channel < Channels.Length; channel++)
            CheckChannel(batch, channel);
        return CheckAlphas(batch.Alphas);
    }

    private void CheckChannel(Batch batch, int channel)
    {
        int pixels = batch.Size * batch.Size;
        (float lowest, float highest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (int i = 0; i < batch.Count; i++)
        {
            ReadOnlySpan<float> plane = batch.Images.Slice((3 * i + channel) * pixels, pixels);
            // a NaN anywhere makes the result NaN
            lowest = MathF.Min(lowest, TensorPrimitives.Min(plane));
            highest = MathF.Max(highest, TensorPrimitives.Max(plane));
        }
        float low = -profile.Mean[channel] / profile.Std[channel], high = (1 - profile.Mean[channel]) / profile.Std[channel];
        if (!(lowest >= low - Rounding && highest <= high + Rounding))
            throw Wrong($"{Channels[channel]} is {Number(lowest)} to {Number(highest)}, the profile {profile.Name} gives {Number(low)} to {Number(high)}");
    }

    private static string? CheckAlphas(ReadOnlySpan<float> alphas)
    {
        float lowest = TensorPrimitives.Min(alphas), highest = TensorPrimitives.Max(alphas);
        if (!(lowest >= 0 && highest <= 1))
            throw Wrong($"alphas are {Number(lowest)} to {Number(highest)}, expected 0 to 1");
        return lowest == highest && lowest is 0 or 1
            ? $"every alpha of the first batch is {(lowest == 0 ? "0, nothing but background" : "1, nothing but object")}: is alpha_path what it should be?"
            : null;
    }

    private static string Number(float value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static TrainingException Wrong(string what) => new($"the first batch cannot be trained on: {what}");
}
