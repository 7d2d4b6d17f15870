using Matting.Shared.Numerics;

namespace Matting.Trainer.Preparation;

/// <summary>
/// A light background: white, a flat grey of 235 to 250, or a vertical run of greys from 245..255 at the top to 235..250 at the bottom.
/// </summary>
/// <param name="Top">Grey level of the first row.</param>
/// <param name="Bottom">Grey level of the last row.</param>
public readonly record struct LightBackground(byte Top, byte Bottom)
{
    private enum Kind
    {
        White, Flat, Gradient,
    }

    private const int Kinds = 3;

    /// <summary>
    /// Draws a background. The first three of a cut-out are one of each kind, in an order of its own; those after them are flat
    /// and graded in turn, since a second white one would repeat the first.
    /// </summary>
    /// <param name="seed">The seed of the preparation.</param>
    /// <param name="identity">The cut-out, see <see cref="Cutout"/>; nothing else about the cut-outs matters.</param>
    /// <param name="number">Which background of it, from 0.</param>
    public static LightBackground Draw(long seed, string identity, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        long name = (long)StableHash.Fnv1a(identity);
        SeededRandom random = new(seed, name, number);
        return KindOf(seed, name, number) switch
        {
            Kind.White => new LightBackground(255, 255),
            Kind.Flat => Flat(Level(random, 235, 250)),
            _ => new LightBackground(Level(random, 245, 255), Level(random, 235, 250)),
        };
    }

    /// <summary>The grey level of a row: from top to bottom in a straight line, rounded to the nearest (halves upwards).</summary>
    /// <param name="y">The row, 0 at the top.</param>
    /// <param name="height">Rows of the picture.</param>
    public byte LevelAt(int y, int height)
    {
        if (height <= 1)
            return Top;
        long last = height - 1;
        return (byte)((2 * ((Top * (last - y)) + ((long)Bottom * y)) + last) / (2 * last));
    }

    private static Kind KindOf(long seed, long name, int number)
    {
        Span<Kind> order = [Kind.White, Kind.Flat, Kind.Gradient];
        new SeededRandom(seed, name).Shuffle(order);
        if (number < Kinds)
            return order[number];
        order[order.IndexOf(Kind.White)] = order[^1];
        return order[number % (Kinds - 1)];
    }

    private static LightBackground Flat(byte level) => new(level, level);

    private static byte Level(SeededRandom random, int lowest, int highest) => (byte)(lowest + random.Next(highest - lowest + 1));
}
