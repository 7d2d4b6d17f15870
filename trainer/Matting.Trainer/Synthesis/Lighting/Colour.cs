using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;

namespace Matting.Trainer.Synthesis.Lighting;

/// <summary>Colours in linear light.</summary>
internal static class Colour
{
    public static readonly Vector3 White = Vector3.One;

    /// <summary>A colour by hue (turns), saturation and value (0..1, as a screen shows it).</summary>
    public static Vector3 OfHsv(double hue, double saturation, double value)
    {
        return new Vector3(Channel(5), Channel(3), Channel(1));

        float Channel(double offset)
        {
            double k = (offset + (hue - Math.Floor(hue)) * 6) % 6;
            double shown = value * (1 - saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1));
            return (float)Decode(shown);
        }
    }

    /// <summary>Any colour that things have: every hue, seldom garish, seldom black or white.</summary>
    public static Vector3 Any(SeededRandom random) =>
        OfHsv(random.NextDouble(), Math.Pow(random.NextDouble(), 1.3) * 0.85, random.Uniform(0.18, 0.97));

    /// <summary>A relative of a colour: a little lighter or darker, a little towards another hue.</summary>
    public static Vector3 Relative(Vector3 colour, SeededRandom random, float strength = 0.5f)
    {
        float exposure = MathF.Pow(2, strength * (float)random.Uniform(-1.6, 1.6));
        Vector3 varied = colour * exposure * new Vector3(Vary(), Vary(), Vary());
        return Vector3.Clamp(varied, new Vector3(0.004f), new Vector3(0.95f));

        float Vary() => MathF.Pow(2, strength * (float)random.Uniform(-0.7, 0.7));
    }

    /// <summary>The tint of daylight or lamps: 0 is warm, 0.5 neutral, 1 cool.</summary>
    public static Vector3 Temperature(float coolness) => coolness < 0.5f
        ? Exact.Mix(new Vector3(1.22f, 0.98f, 0.68f), White, coolness * 2)
        : Exact.Mix(White, new Vector3(0.82f, 0.98f, 1.22f), coolness * 2 - 1);

    public static float Luma(Vector3 colour) => Vector3.Dot(colour, new Vector3(0.2126f, 0.7152f, 0.0722f));

    // the decoding curve of sRGB (IEC 61966-2-1)
    private static double Decode(double shown) => shown <= 0.04045 ? shown / 12.92 : Math.Pow((shown + 0.055) / 1.055, 2.4);
}
