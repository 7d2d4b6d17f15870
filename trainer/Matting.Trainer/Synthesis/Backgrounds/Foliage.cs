using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Backgrounds;

/// <summary>Leaves and blades behind the object, blurred as by a wide aperture: strands that are not the object.</summary>
internal sealed class Foliage : IBackground
{
    public string Name => "foliage";

    public void Paint(Canvas canvas, SeededRandom random)
    {
        Vector3 green = random.Chance(0.75)
            ? Colour.OfHsv(random.Uniform(0.16, 0.42), random.Uniform(0.3, 0.8), random.Uniform(0.25, 0.7))
            : Colour.OfHsv(random.Uniform(-0.04, 0.14), random.Uniform(0.4, 0.8), random.Uniform(0.3, 0.8));
        ScalarField shade = new Fractal(random, canvas.Unit * 0.35f, 4).Fill(canvas.Width, canvas.Height);
        canvas.Fill((x, y) => green * (0.35f + 0.3f * shade.Row(y)[x]));
        StrandPainter painter = new(canvas);
        bool grass = random.Chance(0.4);
        float size = canvas.Unit * (float)random.Uniform(0.08, 0.2);
        float focus = (float)random.Uniform(0.004, 0.02);
        const int Layers = 3;
        for (int layer = 0; layer < Layers; layer++)
        {
            int leaves = (int)(canvas.Width * canvas.Height / (size * size) * 1.6f);
            for (int i = 0; i < leaves; i++)
            {
                Vector2 root = new((float)random.Uniform(-0.1, 1.1) * canvas.Width, (float)random.Uniform(-0.1, 1.1) * canvas.Height);
                float angle = grass ? -MathF.PI / 2 + (float)random.Normal() * 0.35f : (float)random.Uniform(0, Math.Tau);
                Vector2 way = new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * size * (float)random.Uniform(0.7, 1.4);
                Vector2 side = new Vector2(-way.Y, way.X) * (float)random.Uniform(-0.25, 0.25);
                Vector3 colour = Colour.Relative(green, random, 0.45f) * (0.5f + 0.3f * layer);
                painter.Paint(new Strand
                {
                    Root = root, Bend = root + way * 0.5f + side, Tip = root + way, Width = size * (grass ? 0.07f : 0.35f),
                    Profile = grass ? StrandProfile.Taper : StrandProfile.Leaf, RootColour = colour * 0.7f, TipColour = colour * 1.15f,
                    SideLight = (float)random.Uniform(-0.35, 0.35),
                });
            }
            // farther layers are blurred once more with every layer in front of them
            Blur.Gaussian(canvas, canvas.Unit * focus);
        }
    }
}
