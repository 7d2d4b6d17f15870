using System.Numerics;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Backgrounds;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;
using Matting.Trainer.Synthesis.Objects;

namespace Matting.Trainer.Synthesis;

/// <summary>A made picture and its true alpha.</summary>
/// <param name="Image">RGB, sRGB-encoded.</param>
/// <param name="Alpha">Grey, 0 background to 255 object; linear (no encoding), rounded to the nearest level.</param>
/// <param name="Family">The family of the main object, for instance <c>fur</c>.</param>
/// <param name="Background">The kind of background, for instance <c>bokeh</c>.</param>
public sealed record SyntheticPicture(PixelImage Image, PixelImage Alpha, string Family, string Background)
{
    // every part of a scene draws from a sequence of its own: changing one leaves the others as they are
    private enum Part
    {
        Family, Background, BackgroundPaint, Layout, Light, Object, SecondObject, Shadow, Camera,
    }

    /// <summary>The names of all object families.</summary>
    public static IReadOnlyList<string> Families { get; } = [.. SceneCatalogue.Families.Select(family => family.Name)];

    /// <summary>The smallest side that a scene makes sense at, in pixels.</summary>
    public const int SmallestSide = 16;

    /// <summary>The largest side, in pixels.</summary>
    public const int LargestSide = 8192;

    /// <summary>
    /// Makes one picture. The same arguments give the same bytes, on any thread and whatever else
    /// was made before. Composited in linear light: I = αF + (1 − α)B.
    /// </summary>
    /// <param name="seed">The seed of the dataset.</param>
    /// <param name="stream">Separates sets of one seed (training pairs, held-out pictures).</param>
    /// <param name="index">Number of the picture in its set, 0 or more.</param>
    /// <param name="height">Rows, <see cref="SmallestSide"/> to <see cref="LargestSide"/>.</param>
    /// <param name="width">Columns, the same range.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the index is out of its range.</exception>
    public static SyntheticPicture Create(long seed, long stream, long index, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        CheckSide(height);
        CheckSide(width);
        SeededRandom RandomOf(Part part) => new(seed, stream, index, (long)part);

        IObjectFamily family = Dealt(SceneCatalogue.Families, seed, stream, index, Part.Family);
        IBackground background = Dealt(SceneCatalogue.Backgrounds, seed, stream, index, Part.Background);
        Canvas scene = new(width, height);
        background.Paint(scene, RandomOf(Part.BackgroundPaint));
        Light light = new(RandomOf(Part.Light), scene.Mean());
        Canvas thing = PaintObjects(family, scene, light, RandomOf);
        SeededRandom shadow = RandomOf(Part.Shadow);
        if (shadow.Chance(0.45))
            CastShadow(scene, thing, light, shadow);
        scene.Cover(thing);
        PixelImage image = new Camera(RandomOf(Part.Camera), Colour.Luma(scene.Mean())).Expose(scene);
        return new SyntheticPicture(image, AlphaOf(thing), family.Name, background.Name);
    }

    private static void CheckSide(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, SmallestSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, LargestSide);
    }

    /// <summary>Deals like cards: every run of as many pictures as there are kinds has each kind once.</summary>
    private static T Dealt<T>(IReadOnlyList<T> kinds, long seed, long stream, long index, Part part)
    {
        T[] deck = [.. kinds];
        new SeededRandom(seed, stream, index / deck.Length, ~(long)part).Shuffle<T>(deck);
        return deck[index % deck.Length];
    }

    private static Canvas PaintObjects(IObjectFamily family, Canvas scene, Light light, Func<Part, SeededRandom> randomOf)
    {
        SeededRandom layout = randomOf(Part.Layout);
        Canvas thing = new(scene.Width, scene.Height);
        bool two = layout.Chance(0.22);
        float radius = scene.Unit * (float)layout.Uniform(0.3, 0.46) * (two ? 0.8f : 1);
        Vector2 middle = new(scene.Width / 2f, scene.Height / 2f);
        Vector2 shake = new Vector2((float)layout.Normal(), (float)layout.Normal()) * scene.Unit * 0.06f;
        family.Paint(thing, new Place(middle + shake, radius), light, randomOf(Part.Object));
        if (two)
        {
            IObjectFamily other = SceneCatalogue.Families[layout.Next(SceneCatalogue.Families.Count)];
            float side = layout.Chance(0.5) ? 1 : -1;
            Vector2 beside = middle + shake + new Vector2(side * radius * 0.95f, (float)layout.Uniform(-0.4, 0.4) * radius);
            Canvas second = new(scene.Width, scene.Height);
            other.Paint(second, new Place(beside, radius * (float)layout.Uniform(0.5, 0.75)), light, randomOf(Part.SecondObject));
            thing.Cover(second);
        }
        return thing;
    }

    /// <summary>Darkens the background by the blurred, shifted outline of the object; glass and smoke cast less.</summary>
    private static void CastShadow(Canvas scene, Canvas thing, Light light, SeededRandom random)
    {
        Canvas shade = new(scene.Width, scene.Height);
        float far = scene.Unit * (float)random.Uniform(0.02, 0.1);
        int shiftX = (int)(-light.Direction.X * far), shiftY = (int)(-light.Direction.Y * far);
        for (int y = 0; y < scene.Height; y++)
        {
            int fromY = y - shiftY;
            if (fromY < 0 || fromY >= scene.Height)
                continue;
            ReadOnlySpan<Vector4> source = thing.Row(fromY);
            Span<Vector4> target = shade.Row(y);
            for (int x = Math.Max(0, shiftX); x < Math.Min(source.Length, source.Length + shiftX); x++)
                target[x] = new Vector4(0, 0, 0, source[x - shiftX].W);
        }
        Blur.Gaussian(shade, far * (float)random.Uniform(0.25, 0.8));
        float strength = (float)random.Uniform(0.3, 0.75);
        for (int i = 0; i < scene.Pixels.Length; i++)
            scene.Pixels[i] *= new Vector4(new Vector3(1 - strength * shade.Pixels[i].W), 1);
    }

    private static PixelImage AlphaOf(Canvas thing)
    {
        PixelImage alpha = new(thing.Width, thing.Height, 1);
        for (int i = 0; i < thing.Pixels.Length; i++)
            alpha.Pixels[i] = (byte)(Math.Clamp(thing.Pixels[i].W, 0, 1) * 255 + 0.5f);
        return alpha;
    }
}
