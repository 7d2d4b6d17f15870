using Matting.Shared.Networks;
using Matting.Shared.Weights;

namespace Matting.Shared.Onnx;

/// <summary>y = x * scale + shift with numbers of their own for each channel, in double.</summary>
internal sealed record ChannelAffine(double[] Scale, double[] Shift)
{
    /// <summary>What a batch normalisation comes down to when it is not training: (x - mean) / sqrt(var + epsilon) * gamma + beta.</summary>
    public static ChannelAffine OfBatchNorm(string layer, BatchNorm2dSpec spec, StateDict weights)
    {
        float[] gamma = weights[$"{layer}.weight"].ToFloat32();
        float[] beta = weights[$"{layer}.bias"].ToFloat32();
        float[] mean = weights[$"{layer}.running_mean"].ToFloat32();
        float[] variance = weights[$"{layer}.running_var"].ToFloat32();
        double[] scale = new double[gamma.Length];
        double[] shift = new double[gamma.Length];
        for (int channel = 0; channel < gamma.Length; channel++)
        {
            scale[channel] = gamma[channel] / Math.Sqrt(variance[channel] + spec.Epsilon);
            shift[channel] = beta[channel] - mean[channel] * scale[channel];
        }
        return new(scale, shift);
    }

    /// <summary>This one, then <paramref name="next"/>.</summary>
    public ChannelAffine Then(ChannelAffine next) => new(
        [.. Scale.Select((scale, channel) => scale * next.Scale[channel])],
        [.. Shift.Select((shift, channel) => shift * next.Scale[channel] + next.Shift[channel])]);
}
