using System.Numerics;
using Matting.Shared.Numerics;
using Matting.Trainer.Synthesis.Drawing;
using Matting.Trainer.Synthesis.Lighting;

namespace Matting.Trainer.Synthesis.Objects;

/// <summary>Where an object goes.</summary>
/// <param name="Centre">Its middle, in pixels.</param>
/// <param name="Radius">About half its size, in pixels; fine parts may reach beyond.</param>
internal readonly record struct Place(Vector2 Centre, float Radius);

/// <summary>A kind of things with its own kind of soft edge.</summary>
internal interface IObjectFamily
{
    /// <summary>One word, for instance <c>fur</c>.</summary>
    string Name { get; }

    /// <summary>Paints one thing of the family on an empty canvas.</summary>
    /// <param name="canvas">Becomes the object: its colour and its alpha.</param>
    /// <param name="place">Where it goes and how large it is.</param>
    /// <param name="light">Lights it.</param>
    /// <param name="random">Decides everything else.</param>
    void Paint(Canvas canvas, Place place, Light light, SeededRandom random);
}
