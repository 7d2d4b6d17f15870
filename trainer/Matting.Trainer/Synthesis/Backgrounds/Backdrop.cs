using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Backgrounds;

/// <summary>A studio: painted paper or cloth with a pool of light, from plain to mottled.</summary>
internal sealed class Backdrop : IBackground
{
    public string Name => "backdrop";

    public void Paint(Canvas canvas, SeededRandom random)
    {
        Vector3 colour = Colour.Any(random), second = Colour.Relative(colour, random, 0.8f);
        float angle = (float)random.Uniform(0, Math.Tau), mottling = (float)random.Uniform(0.02, 0.5);
        Vector2 along = new Vector2(MathF.Cos(angle), MathF.Sin(angle)) / canvas.Unit;
        Vector2 pool = new(canvas.Width * (float)random.NextDouble(), canvas.Height * (float)random.NextDouble());
        float reach = canvas.Unit * (float)random.Uniform(0.4, 1.2), glow = (float)random.Uniform(0.2, 1.4);
        ScalarField paint = new Fractal(random, canvas.Unit * 0.45f, 5).Fill(canvas.Width, canvas.Height);
        canvas.Fill((x, y) =>
        {
            Vector2 point = new(x, y);
            float blend = Math.Clamp(0.5f + Vector2.Dot(point - pool, along) + mottling * paint.Row(y)[x], 0, 1);
            float lit = 0.6f + glow * MathF.Exp(-(point - pool).LengthSquared() / (2 * reach * reach));
            return Exact.Mix(colour, second, blend) * lit * (1 + 0.25f * mottling * paint.Row(y)[x]);
        });
    }
}
