using System.Globalization;

namespace Matting.Shared.Imaging.Rotating;

/// <summary>Where an output position comes from: x' = A x + B y + C, y' = D x + E y + F.</summary>
internal readonly record struct RotationMatrix(double A, double B, double C, double D, double E, double F)
{
    /// <summary>The angle brought to [0, 360), with the rounding of a floored modulo.</summary>
    internal static double Turn(double degrees)
    {
        double rest = degrees % 360;
        return rest < 0 ? rest + 360 : rest;
    }

    /// <summary>The matrix of a counter-clockwise rotation about the centre of a picture.</summary>
    internal static RotationMatrix Of(double degrees, int width, int height)
    {
        double angle = -(Turn(degrees) * (Math.PI / 180));
        double cosine = Round15(Math.Cos(angle)), sine = Round15(Math.Sin(angle)), minusSine = Round15(-Math.Sin(angle));
        double centreX = width / 2.0, centreY = height / 2.0;
        double c = (cosine * -centreX) + (sine * -centreY) + 0.0 + centreX;
        double f = (minusSine * -centreX) + (cosine * -centreY) + 0.0 + centreY;
        return new RotationMatrix(cosine, sine, c, minusSine, cosine, f);
    }

    // Math.Round scales by a power of ten and back, which can miss the nearest number; formatting is exact.
    private static double Round15(double value) =>
        double.Parse(value.ToString("F15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
