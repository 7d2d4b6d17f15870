using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Matting.Shared.Imaging.Rotating;

/// <summary>Where the pixels of one output row lie in the source, four at a time.</summary>
internal readonly ref struct RotationSamples
{
    /// <summary>Positions worked out together.</summary>
    internal const int Lanes = 4;

    private readonly Vector256<double> _a, _d, _rowX, _rowY, _c, _f, _width, _height;
    private readonly Vector128<int> _lastColumn, _lastRow;

    internal RotationSamples(PixelImage source, RotationMatrix matrix, int y)
    {
        double centre = y + 0.5;
        (_a, _d) = (Vector256.Create(matrix.A), Vector256.Create(matrix.D));
        (_rowX, _rowY) = (Vector256.Create(matrix.B * centre), Vector256.Create(matrix.E * centre));
        (_c, _f) = (Vector256.Create(matrix.C), Vector256.Create(matrix.F));
        (_width, _height) = (Vector256.Create((double)source.Width), Vector256.Create((double)source.Height));
        (_lastColumn, _lastRow) = (Vector128.Create(source.Width - 1), Vector128.Create(source.Height - 1));
    }

    /// <summary>Four neighbouring positions.</summary>
    internal readonly ref struct Four
    {
        /// <summary>Columns of the left and of the right neighbours, inside the picture.</summary>
        internal Vector128<int> Column0 { get; init; }

        /// <inheritdoc cref="Column0"/>
        internal Vector128<int> Column1 { get; init; }

        /// <summary>Rows of the upper and of the lower neighbours, inside the picture.</summary>
        internal Vector128<int> Row0 { get; init; }

        /// <inheritdoc cref="Row0"/>
        internal Vector128<int> Row1 { get; init; }

        /// <summary>How far the position is from the left to the right neighbour, in [0, 1).</summary>
        internal Vector256<double> Dx { get; init; }

        /// <summary>How far the position is from the upper to the lower neighbour, in [0, 1).</summary>
        internal Vector256<double> Dy { get; init; }

        /// <summary>All bits set where the position is inside the picture.</summary>
        internal Vector128<int> Inside { get; init; }
    }

    /// <summary>The source positions of the output pixels <paramref name="x"/> to <paramref name="x"/> + 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Four At(int x)
    {
        Vector256<double> half = Vector256.Create(0.5);
        Vector256<double> centre = Vector256.Create((double)x) + Vector256.Create(0.5, 1.5, 2.5, 3.5);
        Vector256<double> sourceX = (_a * centre) + _rowX + _c, sourceY = (_d * centre) + _rowY + _f;
        Vector256<double> inside = Vector256.GreaterThanOrEqual(Vector256.Min(sourceX, sourceY), Vector256<double>.Zero)
            & Vector256.LessThan(sourceX, _width) & Vector256.LessThan(sourceY, _height);
        (sourceX, sourceY) = (sourceX - half, sourceY - half);
        Vector256<double> floorX = Vector256.Floor(sourceX), floorY = Vector256.Floor(sourceY);
        Vector128<int> column = ToInt32(floorX), row = ToInt32(floorY);
        Vector256<long> mask = inside.AsInt64();
        return new Four
        {
            // the border pixels repeat
            Column0 = Clamp(column, _lastColumn),
            Column1 = Clamp(column + Vector128<int>.One, _lastColumn),
            Row0 = Clamp(row, _lastRow),
            Row1 = Clamp(row + Vector128<int>.One, _lastRow),
            Dx = sourceX - floorX,
            Dy = sourceY - floorY,
            Inside = Vector128.Narrow(mask.GetLower(), mask.GetUpper()),
        };
    }

    /// <summary>Cuts off the fractions of numbers that fit 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> ToInt32(Vector256<double> values) => Avx.IsSupported
        ? Avx.ConvertToVector128Int32WithTruncation(values)
        : Vector128.Create((int)values[0], (int)values[1], (int)values[2], (int)values[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Clamp(Vector128<int> index, Vector128<int> last) => Vector128.Min(Vector128.Max(index, Vector128<int>.Zero), last);
}
