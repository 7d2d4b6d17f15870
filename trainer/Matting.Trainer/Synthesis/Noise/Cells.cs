using System.Numerics;
using Matting.Shared.Numerics;

namespace Matting.Trainer.Synthesis.Noise;

/// <summary>Cellular noise (Worley 1996): one random point a cell of a grid.</summary>
internal sealed class Cells(SeededRandom random, float cell)
{
    private readonly uint _seed = (uint)random.NextUInt64();

    /// <summary>Distances to the nearest and the second nearest point, in cells, and the hash of the nearest.</summary>
    public (float First, float Second, uint Id) At(Vector2 point)
    {
        Vector2 place = point / cell;
        int cellX = (int)MathF.Floor(place.X), cellY = (int)MathF.Floor(place.Y);
        (float first, float second, uint id) = (float.MaxValue, float.MaxValue, 0u);
        for (int y = cellY - 1; y <= cellY + 1; y++)
        {
            for (int x = cellX - 1; x <= cellX + 1; x++)
            {
                uint hash = GradientNoise.Hash(x, y, _seed);
                Vector2 centre = new(x + (hash & 0xFFFF) / 65536f, y + (hash >> 16) / 65536f);
                float distance = Vector2.DistanceSquared(place, centre);
                if (distance < first)
                    (first, second, id) = (distance, first, hash);
                else if (distance < second)
                    second = distance;
            }
        }
        return (MathF.Sqrt(first), MathF.Sqrt(second), id);
    }
}
