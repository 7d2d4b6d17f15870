using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Backgrounds;

/// <summary>A room: wall, skirting, a floor of tiles or boards in perspective, pictures, light from a window.</summary>
internal sealed class Interior : IBackground
{
    public string Name => "interior";

    public void Paint(Canvas canvas, SeededRandom random)
    {
        int width = canvas.Width, height = canvas.Height;
        float corner = height * (float)random.Uniform(0.5, 0.8), skirting = canvas.Unit * (float)random.Uniform(0.015, 0.05);
        Vector3 wall = Colour.Any(random), floor = Colour.Any(random), second = Colour.Relative(floor, random, 0.9f);
        Vector3 board = Exact.Mix(wall, Colour.White, 0.5f);
        ScalarField plaster = new Fractal(random, canvas.Unit * 0.3f, 4).Fill(width, height);
        float tiles = (float)random.Uniform(1.5, 5), vanishing = width * (float)random.Uniform(0.2, 0.8), eye = corner * 0.55f;
        canvas.Fill((x, y) =>
        {
            float noise = plaster.Row(y)[x];
            if (y < corner - skirting)
                return wall * (1 + 0.12f * noise);
            if (y < corner)
                return board * (0.8f + 0.2f * (y - corner + skirting) / skirting);
            float depth = (corner - eye) / (y - eye + 0.5f);
            float u = (x - vanishing) / canvas.Unit * depth * tiles * 2, v = depth * tiles * 4;
            Vector3 own = (((int)MathF.Floor(u) + (int)MathF.Floor(v)) & 1) == 0 ? floor : second;
            return own * (0.7f + 0.3f * (1 - depth) + 0.1f * noise);
        });
        int pictures = random.Next(4);
        for (int i = 0; i < pictures; i++)
            HangPicture(canvas, corner, random);
        AddWindowLight(canvas, random);
        Blur.Gaussian(canvas, canvas.Unit * (float)random.Uniform(0.001, 0.016));
    }

    private static void HangPicture(Canvas canvas, float corner, SeededRandom random)
    {
        int wide = (int)(canvas.Unit * random.Uniform(0.12, 0.35)), high = (int)(canvas.Unit * random.Uniform(0.12, 0.35));
        int left = (int)random.Uniform(-0.1 * canvas.Width, canvas.Width), top = (int)random.Uniform(0, Math.Max(1, corner - high));
        int frame = Math.Max(1, (int)(canvas.Unit * 0.012));
        Vector3 wood = Colour.Any(random) * 0.6f, sky = Colour.Any(random), earth = Colour.Any(random);
        float split = (float)random.Uniform(0.3, 0.7);
        for (int y = Math.Max(0, top); y < Math.Min(top + high, canvas.Height); y++)
        {
            for (int x = Math.Max(0, left); x < Math.Min(left + wide, canvas.Width); x++)
            {
                bool rim = Math.Min(Math.Min(x - left, left + wide - 1 - x), Math.Min(y - top, top + high - 1 - y)) < frame;
                canvas.Cover(y * canvas.Width + x, rim ? wood : y - top < split * high ? sky : earth, 1);
            }
        }
    }

    private static void AddWindowLight(Canvas canvas, SeededRandom random)
    {
        Vector2 at = new(canvas.Width * (float)random.NextDouble(), canvas.Height * (float)random.NextDouble());
        float slant = (float)random.Uniform(-0.8, 0.8), half = canvas.Unit * (float)random.Uniform(0.15, 0.4), soft = canvas.Unit * 0.06f;
        Vector3 gain = Colour.Temperature((float)random.NextDouble()) * (float)random.Uniform(0.2, 1.2);
        for (int y = 0; y < canvas.Height; y++)
        {
            Span<Vector4> row = canvas.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                float across = MathF.Abs(x - at.X + (y - at.Y) * slant), along = MathF.Abs(y - at.Y);
                // the bar between two panes
                float pane = Math.Clamp(MathF.Abs(across - half * 0.1f) / soft * 2, 0.5f, 1);
                float lit = Math.Clamp((half - across) / soft, 0, 1) * Math.Clamp((half * 1.4f - along) / soft, 0, 1) * pane;
                row[x] *= new Vector4(Vector3.One * 0.75f + gain * lit, 1);
            }
        }
    }
}
