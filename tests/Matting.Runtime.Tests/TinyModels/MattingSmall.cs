using Matting.Shared.Imaging;
using Matting.Shared.Onnx;

namespace Matting.Runtime.Tests.TinyModels;

/// <summary>
/// A matting "network" of one convolution: alpha = sigmoid of a weighted sum of a pixel and its left and
/// right neighbours. It is not symmetric, so flip-TTA matters, and its scalar twin fits on a few lines.
/// </summary>
internal static class MattingSmall
{
    // [channel, tap]: left, centre, right
    private static readonly float[] Taps = [0.75f, 1.5f, -0.25f, -0.5f, 0.25f, 0.5f, 0.125f, -1f, 0.375f];

    /// <summary>A model with a card, as an exporter of this toolchain would write it.</summary>
    public static byte[] WithCard(int? height = null, int? width = null, NormalisationProfile? profile = null) =>
        Graph(null, height, width).Properties(Card(height, width, profile).ToMetadata()).ToBytes();

    /// <summary>A model of somebody else: no card.</summary>
    public static byte[] Foreign(int? batch = null, int? height = null, int? width = null) => Graph(batch, height, width).ToBytes();

    public static ModelCard Card(int? height, int? width, NormalisationProfile? profile = null) => new()
    {
        Network = "small",
        Task = "matting",
        Profile = profile ?? NormalisationProfile.Half,
        Height = height,
        Width = width,
    };

    public static TinyModel Graph(int? batch, int? height, int? width, string output = "alpha")
    {
        object n = batch.HasValue ? batch.Value : "N", h = height.HasValue ? height.Value : "H", w = width.HasValue ? width.Value : "W";
        return new TinyModel()
            .Input("image", TinyModel.Float, n, 3, h, w)
            .Output(output, TinyModel.Float, n, 1, h, w)
            .Weights("taps", Taps, 1, 3, 1, 3)
            .Node("Conv", ["image", "taps"], ["logits"], ("kernel_shape", new long[] { 1, 3 }), ("pads", new long[] { 0, 1, 0, 1 }))
            .Node("Sigmoid", ["logits"], [output]);
    }

    /// <summary>What the model computes for [N, 3, H, W], in plain loops.</summary>
    public static float[] Twin(ReadOnlySpan<float> nchw, int batch, int height, int width)
    {
        float[] alpha = new float[batch * height * width];
        int plane = height * width;
        for (int i = 0; i < alpha.Length; i++)
        {
            int n = i / plane, pixel = i % plane, x = pixel % width;
            double sum = 0;
            for (int c = 0; c < 3; c++)
            {
                for (int tap = -1; tap <= 1; tap++)
                {
                    if (x + tap >= 0 && x + tap < width)
                        sum += Taps[(c * 3) + tap + 1] * nchw[(((n * 3) + c) * plane) + pixel + tap];
                }
            }
            alpha[i] = (float)(1 / (1 + Math.Exp(-sum)));
        }
        return alpha;
    }

    /// <summary>What it computes for a picture at the network's size; under flip-TTA the mean with the mirror's.</summary>
    public static float[] Twin(PixelImage rgb, NormalisationProfile profile, bool flip = false)
    {
        float[] input = new float[3 * rgb.Width * rgb.Height];
        Preprocessing.ToNchw(rgb, profile, input);
        float[] alpha = Twin(input, 1, rgb.Height, rgb.Width);
        if (!flip)
            return alpha;
        Preprocessing.ToNchw(rgb, profile, input, mirror: true);
        float[] mirrored = Twin(input, 1, rgb.Height, rgb.Width);
        for (int y = 0; y < rgb.Height; y++)
        {
            for (int x = 0; x < rgb.Width; x++)
                alpha[(y * rgb.Width) + x] = (alpha[(y * rgb.Width) + x] + mirrored[(y * rgb.Width) + rgb.Width - 1 - x]) / 2;
        }
        return alpha;
    }
}
