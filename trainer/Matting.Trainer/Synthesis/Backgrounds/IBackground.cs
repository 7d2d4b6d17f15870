using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;

namespace Matting.Trainer.Synthesis.Backgrounds;

/// <summary>A kind of backgrounds.</summary>
internal interface IBackground
{
    /// <summary>One word, for instance <c>bokeh</c>.</summary>
    string Name { get; }

    /// <summary>Fills a whole canvas; afterwards every pixel is opaque.</summary>
    void Paint(Canvas canvas, SeededRandom random);
}
