using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Backgrounds;

/// <summary>Planks: rings stretched into grain, every board of its own tone, dark joints.</summary>
internal sealed class Wood : IBackground
{
    public string Name => "wood";

    public void Paint(Canvas canvas, SeededRandom random)
    {
        int width = canvas.Width, height = canvas.Height;
        float angle = random.Chance(0.5) ? 0 : random.Chance(0.5) ? MathF.PI / 2 : (float)random.Uniform(-0.4, 0.4);
        Vector3 colour = Colour.OfHsv(random.Uniform(0.05, 0.12), random.Uniform(0.15, 0.65), random.Uniform(0.3, 0.9));
        Vector3 dark = colour * new Vector3(0.55f, 0.45f, 0.36f);
        float plank = canvas.Unit * (float)random.Uniform(0.16, 0.4), rings = (float)random.Uniform(2, 5);
        ScalarField grain = new Fractal(random, canvas.Unit * 0.12f, 4, angle, 7).Fill(width, height);
        ScalarField fibre = new Fractal(random, Math.Max(2, canvas.Unit * 0.008f), 2, angle, 14).Fill(width, height);
        uint seed = (uint)random.NextUInt64();
        Vector2 across = new Vector2(-MathF.Sin(angle), MathF.Cos(angle)) / plank;
        canvas.Fill((x, y) =>
        {
            float place = Vector2.Dot(new Vector2(x, y), across);
            int board = (int)MathF.Floor(place);
            uint hash = GradientNoise.Hash(board, 0, seed);
            float tone = 0.7f + 0.5f * (hash & 0xFFFF) / 65535f;
            float figure = grain.Row(y)[x] * rings + (hash >> 16) / 65535f * 20 + (place - board) * 0.8f;
            float ring = 0.5f + 0.5f * MathF.Sin(figure * MathF.Tau);
            float edge = Math.Min(place - board, board + 1 - place) * plank;
            float joint = Math.Clamp(edge / (canvas.Unit * 0.006f), 0.12f, 1);
            return Exact.Mix(colour, dark, 0.65f * ring * ring + 0.2f * fibre.Row(y)[x]) * (tone * joint);
        });
        Blur.Gaussian(canvas, canvas.Unit * (float)Math.Max(0, random.Uniform(-0.004, 0.006)));
    }
}
