using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis;
using Matting.Trainer.Synthesis.Backgrounds;
using Matting.Trainer.Synthesis.Drawing;

namespace Matting.Trainer.Tests.Synth;

public sealed class BackgroundTests
{
    public static TheoryData<string> Names => [.. SceneCatalogue.Backgrounds.Select(background => background.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_background_fills_every_pixel_with_finite_light_and_has_structure(string name)
    {
        IBackground background = SceneCatalogue.Backgrounds.Single(one => one.Name == name);
        for (int seed = 0; seed < 4; seed++)
        {
            Canvas canvas = new(71, 53);
            background.Paint(canvas, new SeededRandom(seed));
            Assert.All(canvas.Pixels, pixel =>
            {
                Assert.InRange(pixel.W, 0.9999f, 1.0001f); // running sums of a blur
                Assert.True(Vector4.Min(pixel, Vector4.Zero) == Vector4.Zero && float.IsFinite(pixel.X + pixel.Y + pixel.Z), $"{pixel}");
            });
            Assert.True(canvas.Pixels.Distinct().Count() > 1000);
        }
    }
}
