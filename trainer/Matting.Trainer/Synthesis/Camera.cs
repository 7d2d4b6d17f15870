using System.Numerics;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis;

/// <summary>Turns linear light into an 8-bit picture: exposure, colour balance, vignette, sensor noise, sRGB.</summary>
internal sealed class Camera
{
    private const int CurveSteps = 1 << 14;
    private static readonly float[] Curve = EncodingCurve();

    private readonly Vector3 _gain;
    private readonly float _vignette;
    private readonly float _readNoise;
    private readonly float _shotNoise;
    private readonly uint _seed;

    /// <summary>Chooses the settings for a scene of a given mean brightness.</summary>
    public Camera(SeededRandom random, float meanLuma)
    {
        // as an automatic exposure would, but often wrong by up to a stop
        float exposure = MathF.Pow(0.2f / Math.Max(meanLuma, 0.01f), 0.6f) * MathF.Pow(2, (float)random.Uniform(-0.9, 0.9));
        _gain = Exact.Mix(Vector3.One, Colour.Temperature((float)random.NextDouble()), 0.5f) * exposure;
        _vignette = (float)random.Uniform(0, 0.45);
        float noise = MathF.Pow((float)random.NextDouble(), 2);
        _readNoise = 0.008f * noise;
        _shotNoise = 0.03f * noise;
        _seed = (uint)random.NextUInt64();
    }

    /// <summary>Takes the picture.</summary>
    /// <param name="scene">Opaque everywhere.</param>
    /// <returns>RGB, sRGB-encoded.</returns>
    public PixelImage Expose(Canvas scene)
    {
        PixelImage picture = new(scene.Width, scene.Height, 3);
        Vector2 middle = new(scene.Width / 2f, scene.Height / 2f);
        for (int y = 0; y < scene.Height; y++)
        {
            ReadOnlySpan<Vector4> source = scene.Row(y);
            Span<byte> target = picture.Row(y);
            for (int x = 0; x < source.Length; x++)
            {
                float away = (new Vector2(x, y) - middle).LengthSquared() / middle.LengthSquared();
                Vector3 light = source[x].AsVector3() * _gain * (1 - _vignette * away);
                // a soft shoulder instead of clipping: 0.8 stays, 2 becomes nearly white
                light = Vector3.Min(light, Exact.Mix(new Vector3(0.8f), Vector3.One, Shoulder(light)));
                Vector3 noise = Noise(x, y);
                light += noise * (_readNoise + _shotNoise * MathF.Sqrt(Math.Max(0, Colour.Luma(light))));
                target[3 * x] = Encode(light.X);
                target[3 * x + 1] = Encode(light.Y);
                target[3 * x + 2] = Encode(light.Z);
            }
        }
        return picture;
    }

    private static Vector3 Shoulder(Vector3 light)
    {
        Vector3 beyond = Vector3.Max(light - new Vector3(0.8f), Vector3.Zero);
        return beyond * 2.5f / (beyond * 2.5f + Vector3.One);
    }

    /// <summary>About normal noise of variance 1 in each channel: sums of four bytes of a hash (Irwin and Hall).</summary>
    private Vector3 Noise(int x, int y) => new(OneNoise(x, y, _seed), OneNoise(x, y, _seed + 1), OneNoise(x, y, _seed + 2));

    private static float OneNoise(int x, int y, uint seed)
    {
        uint hash = GradientNoise.Hash(x, y, seed * 0x9E3779B9u);
        int sum = (int)((hash & 0xFF) + ((hash >> 8) & 0xFF) + ((hash >> 16) & 0xFF) + (hash >> 24));
        return (sum - 510) * (1 / 147.8f); // four uniform bytes: variance 4 * (256² - 1) / 12
    }

    private static byte Encode(float light) => (byte)(Curve[(int)(Math.Clamp(light, 0, 1) * CurveSteps)] + 0.5f);

    /// <summary>The sRGB curve (IEC 61966-2-1) in levels of 0..255.</summary>
    private static float[] EncodingCurve()
    {
        float[] curve = new float[CurveSteps + 1];
        for (int i = 0; i < curve.Length; i++)
        {
            double light = (double)i / CurveSteps;
            curve[i] = (float)(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * Math.Pow(light, 1 / 2.4) - 0.055));
        }
        return curve;
    }
}
