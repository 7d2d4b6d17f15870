using System.Runtime.CompilerServices;

namespace Matting.Shared.Numerics;

/// <summary>Checks at the public doors of what works on planes of pixels.</summary>
internal static class PlaneGuard
{
    /// <summary>A plane must have a pixel, and as many values as its size says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    /// <exception cref="ArgumentException">The length is not width * height.</exception>
    public static void Check(int length, int width, int height, [CallerArgumentExpression(nameof(length))] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (length != (long)width * height)
            throw new ArgumentException($"a plane of {width}x{height} pixels has {(long)width * height} values, not {length}", name);
    }
}
