using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Thin cloth held at one point, hanging or blown: translucent, denser in its pleats and hems, some of it net.</summary>
internal sealed class Veil : IObjectFamily
{
    public string Name => "veil";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        Cloth cloth = new(canvas, place, random);
        Vector3 colour = Colour.Any(random);
        float thin = (float)random.Uniform(0.15, 0.5), glow = (float)random.Uniform(0.05, 0.3);
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                Thread thread = cloth.At(x, y);
                float coverage = DistanceField.Coverage(thread.Distance);
                if (coverage <= 0)
                    continue;
                // seen at a slant the cloth is thicker
                float alpha = 1 - MathF.Pow(1 - thin, thread.Density / Math.Max(thread.Normal.Z, 0.3f));
                alpha += (1 - alpha) * 0.6f * thread.Hem;
                Vector3 lit = light.Shade(colour, thread.Normal, 0.15f, 14) + colour * light.Key * (glow * (1 - thread.Normal.Z));
                canvas.Cover(y * canvas.Width + x, lit, alpha * coverage);
            }
        }
    }

    /// <summary>The cloth at one pixel.</summary>
    /// <param name="Distance">Signed distance from its edge in pixels.</param>
    /// <param name="Normal">Unit normal.</param>
    /// <param name="Density">Threads relative to plain cloth.</param>
    /// <param name="Hem">1 on the hem, 0 away from it.</param>
    private readonly record struct Thread(float Distance, Vector3 Normal, float Density, float Hem);

    /// <summary>Geometry in polar coordinates around the point where the cloth is held.</summary>
    private sealed class Cloth
    {
        private readonly Vector2 _held;
        private readonly float _radius;
        private readonly float _heading;
        private readonly float _spread;
        private readonly float _curl;
        private readonly float _phase;
        private readonly float _pleats;
        private readonly float _depth;
        private readonly float _hemPx;
        private readonly float _meshPx;
        private readonly Fractal _crumple;

        public Cloth(Canvas canvas, Place place, SeededRandom random)
        {
            _radius = place.Radius * 1.9f;
            _heading = random.Chance(0.5) ? MathF.PI / 2 + (float)random.Normal() * 0.2f : (float)random.Uniform(0, Math.Tau);
            _held = place.Centre - new Vector2(MathF.Cos(_heading), MathF.Sin(_heading)) * _radius * 0.55f;
            _spread = (float)random.Uniform(0.4, 0.75);
            _curl = (float)random.Uniform(-0.5, 0.5);
            _phase = (float)random.Uniform(0, Math.Tau);
            _pleats = (float)random.Uniform(7, 16);
            _depth = (float)random.Uniform(0.6, 1.5);
            _hemPx = canvas.Unit * (float)random.Uniform(0.005, 0.012);
            _meshPx = random.Chance(0.45) ? Math.Max(3.2f, canvas.Unit * (float)random.Uniform(0.014, 0.03)) : 0;
            _crumple = new Fractal(random, place.Radius * 0.5f, 3);
        }

        public Thread At(int x, int y)
        {
            Vector2 point = new(x + 0.5f, y + 0.5f);
            Vector2 way = point - _held;
            float away = way.Length() / _radius;
            float angle = MathF.IEEERemainder(MathF.Atan2(way.Y, way.X) - _heading - _curl * MathF.Sin(away * 3 + _phase), MathF.Tau);
            float pleat = angle * _pleats / _spread * 0.75f + _phase;
            // the lower edge follows the pleats: up and down as they come forward and go back
            float bottom = 1 - 0.05f * MathF.Cos(pleat) - 0.12f * angle * angle;
            float distance = Math.Max((MathF.Abs(angle) - _spread) * away, away - bottom) * _radius;
            if (distance > 1)
                return new Thread(distance, Vector3.UnitZ, 0, 0);
            float crumple = _crumple.At(point);
            float slope = MathF.Cos(pleat + crumple * 1.5f) * _depth * Math.Min(1, away * 2);
            Vector2 across = new Vector2(-way.Y, way.X) / Math.Max(way.Length(), 1);
            Vector3 normal = Vector3.Normalize(new Vector3(across * slope + new Vector2(0, crumple * 0.3f), 1));
            // gathered near the point where it is held, thinner below
            float density = (0.8f + 0.35f / (away + 0.2f)) * (1 + 0.4f * crumple);
            float hem = Math.Clamp(1 + (distance + _hemPx) / 1.5f, 0, 1);
            return new Thread(distance, normal, _meshPx > 0 ? density * Net(angle * _radius * 0.6f, away * _radius) : density, hem);
        }

        /// <summary>Dense on the threads of a diagonal net, nearly open in its meshes.</summary>
        private float Net(float across, float along)
        {
            float u = (across + along) / _meshPx, v = (across - along) / _meshPx;
            float distance = Math.Min(MathF.Abs(u - MathF.Round(u)), MathF.Abs(v - MathF.Round(v)));
            return 0.3f + 1.4f * Math.Clamp(1.5f - distance * 6, 0, 1);
        }
    }
}
