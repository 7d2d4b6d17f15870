using Matting.Shared.Numerics;
using Matting.Trainer.Configuration;

namespace Matting.Trainer.Augmentation;

/// <summary>Rotation of picture and alpha about the centre of the crop; the size stays.</summary>
public sealed record RotationSettings : ISettingsSection
{
    /// <summary>How often, 0 (never) to 1.</summary>
    public double Probability { get; init; }

    /// <summary>The angle is drawn between minus and plus this many degrees, 0 to 180.</summary>
    public double Degrees { get; init; } = 10;

    /// <summary>The level of the picture's corners that come from outside, 0 (black) to 255 (white); the alpha's are 0.</summary>
    public int ImageFill { get; init; } = 255;

    /// <summary><c>nearest</c> keeps the alpha's levels, <c>bilinear</c> its soft edges; the picture is always bilinear.</summary>
    public string AlphaInterpolation { get; init; } = Nearest;

    /// <summary>The value of <see cref="AlphaInterpolation"/> for the nearest pixel.</summary>
    public const string Nearest = "nearest";

    /// <summary>The value of <see cref="AlphaInterpolation"/> for a mean of four pixels.</summary>
    public const string Bilinear = "bilinear";

    /// <summary>An angle in degrees, or null for no rotation.</summary>
    public double? Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.Chance(Probability) ? random.Uniform(-Degrees, Degrees) : null;
    }

    /// <inheritdoc/>
    public void Check(SettingChecks checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        checks.Between(Probability, 0, 1);
        checks.Between(Degrees, 0, 180);
        checks.Between(ImageFill, 0, 255);
        checks.OneOf(AlphaInterpolation, [Nearest, Bilinear]);
    }
}
