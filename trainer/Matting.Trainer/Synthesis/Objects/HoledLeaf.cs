using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Noise;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Large leaves with slits and holes between their veins, and a stalk.</summary>
internal sealed class HoledLeaf : IObjectFamily
{
    public string Name => "leaf";

    public void Paint(Canvas canvas, Place place, Light light, SeededRandom random)
    {
        float heading = (float)random.Uniform(0, Math.Tau);
        LeafShape shape = new(place, heading, 4 + random.Next(4), random);
        Vector3 green = random.Chance(0.65)
            ? Colour.OfHsv(random.Uniform(0.2, 0.42), random.Uniform(0.4, 0.85), random.Uniform(0.25, 0.75))
            : Colour.OfHsv(random.NextDouble(), random.Uniform(0.3, 0.8), random.Uniform(0.3, 0.9));
        Texture skin = Texture.Any(random, canvas.Width, canvas.Height, place.Radius, green);
        ScalarField relief = new Fractal(random, place.Radius * 0.12f, 3).Fill(canvas.Width, canvas.Height);
        StrandPainter painter = new(canvas);
        Vector3 stalk = light.Shade(Colour.Relative(green, random, 0.3f) * 0.7f, Vector3.UnitZ);
        Vector2 along = new(MathF.Cos(heading), MathF.Sin(heading));
        Vector2 foot = place.Centre - along * place.Radius * 0.75f;
        painter.Paint(new Strand
        {
            Root = foot, Bend = foot - along * place.Radius * 0.4f, Tip = foot - along * place.Radius * 0.7f + new Vector2(0, place.Radius * 0.4f),
            Width = canvas.Unit * 0.014f, Profile = StrandProfile.Wire, RootColour = stalk, TipColour = stalk * 0.7f, SideLight = 0.3f,
        });
        Vector3 vein = Exact.Mix(green, Colour.White, 0.4f);
        DistanceField field = DistanceField.Of(shape, canvas.Width, canvas.Height);
        Solid.Paint(canvas, field, place.Radius * 0.1f, Surface, light, (float)random.Uniform(0.1, 0.5), relief);

        Vector3 Surface(int index)
        {
            float line = DistanceField.Coverage(shape.VeinDistance(new Vector2(index % canvas.Width + 0.5f, index / canvas.Width + 0.5f)));
            return Exact.Mix(skin.At(index), vein, 0.85f * line);
        }
    }

    /// <summary>A heart-like outline minus capsules; local x runs along the leaf, units are its radius.</summary>
    private sealed class LeafShape : IShape
    {
        private readonly Place _place;
        private readonly float _heading;
        private readonly List<(Vector2 From, Vector2 To, float Radius)> _holes = [];
        private readonly List<(Vector2 From, Vector2 To)> _veins = [];
        private readonly float _breadth;

        public LeafShape(Place place, float heading, int veins, SeededRandom random)
        {
            _place = place;
            _heading = heading;
            _breadth = (float)random.Uniform(0.62, 0.9);
            _veins.Add((new Vector2(-0.78f, 0), new Vector2(0.85f, 0)));
            bool slits = random.Chance(0.6);
            for (int i = 0; i < veins; i++)
            {
                float x = -0.55f + 1.15f * (i + 0.5f) / veins;
                float half = _breadth * MathF.Sqrt(Math.Max(0.05f, 1 - x * x));
                foreach (float side in (ReadOnlySpan<float>)[-1, 1])
                {
                    _veins.Add((new Vector2(x - 0.1f, 0), new Vector2(x + 0.22f, side * half * 0.92f)));
                    float between = x + 0.55f / veins;
                    float inner = (float)random.Uniform(0.22, 0.4), outer = slits && random.Chance(0.7) ? 1.25f : (float)random.Uniform(0.55, 0.75);
                    Vector2 from = new(between + 0.32f * inner, side * half * inner), to = new(between + 0.32f * outer, side * half * outer);
                    _holes.Add((from, to, (float)random.Uniform(0.025, 0.07)));
                }
            }
        }

        /// <summary>Distance in pixels from the nearest vein, which gets thinner towards its end.</summary>
        public float VeinDistance(Vector2 point)
        {
            Vector2 local = ToLeaf(point);
            float nearest = float.MaxValue;
            foreach ((Vector2 from, Vector2 to) in _veins)
            {
                float share = Along(local, from, to);
                nearest = Math.Min(nearest, Vector2.Distance(local, Exact.Mix(from, to, share)) - 0.016f * (1 - 0.7f * share));
            }
            return nearest * _place.Radius;
        }

        public float Distance(Vector2 point)
        {
            Vector2 local = ToLeaf(point);
            // broad near the stalk, pointed at the tip
            float t = (local.X + 0.8f) / 1.7f;
            float half = _breadth * (t is <= 0 or >= 1 ? 0 : MathF.Pow(t, 0.38f) * MathF.Pow(1 - t, 0.62f) * 1.95f);
            float distance = (Math.Abs(local.Y) - half) * 0.8f;
            distance = Math.Max(distance, Math.Max(-0.8f - local.X, local.X - 0.9f));
            foreach ((Vector2 from, Vector2 to, float radius) in _holes)
            {
                float share = Along(local, from, to);
                distance = Math.Max(distance, radius * (0.6f + 0.7f * share) - Vector2.Distance(local, Exact.Mix(from, to, share)));
            }
            return distance * _place.Radius;
        }

        private Vector2 ToLeaf(Vector2 point) => Exact.Turn(point - _place.Centre, -_heading) / _place.Radius;

        private static float Along(Vector2 point, Vector2 from, Vector2 to) =>
            Math.Clamp(Vector2.Dot(point - from, to - from) / Vector2.DistanceSquared(to, from), 0, 1);
    }
}
