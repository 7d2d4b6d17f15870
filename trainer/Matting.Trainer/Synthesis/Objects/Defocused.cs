using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Smooth things out of focus or in motion: wide soft edges all around.</summary>
internal sealed class Defocused : IObjectFamily
{
    public string Name => "defocus";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        IShape shape = random.Chance(0.5) ? WavyShape.Any(place, random) : Blobs(place, random);
        Texture skin = Texture.Any(random, canvas.Width, canvas.Height, place.Radius, Colour.Any(random));
        DistanceField field = DistanceField.Of(shape, canvas.Width, canvas.Height);
        Solid.Paint(canvas, field, place.Radius * (float)random.Uniform(0.15, 0.9), skin.At, light, (float)random.Uniform(0, 0.9));
        if (random.Chance(0.35))
        {
            float angle = (float)random.Uniform(0, Math.PI);
            Blur.Motion(canvas, new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * place.Radius * (float)random.Uniform(0.1, 0.45));
            Blur.Gaussian(canvas, canvas.Unit * 0.003f);
        }
        else
        {
            // small blurs are more frequent than large ones
            Blur.Gaussian(canvas, place.Radius * 0.008f * MathF.Pow(12, (float)random.NextDouble()));
        }
    }

    private static BlobShape Blobs(Place place, SeededRandom random)
    {
        List<Vector3> circles = [];
        int count = 2 + random.Next(4);
        for (int i = 0; i < count; i++)
        {
            float angle = (float)random.Uniform(0, Math.Tau), away = place.Radius * (float)random.Uniform(0.1, 0.55);
            circles.Add(new Vector3(
                place.Centre + new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * away, place.Radius * (float)random.Uniform(0.28, 0.5)));
        }
        return new BlobShape(circles, place.Radius * 0.25f);
    }
}
