using System.Globalization;

namespace Matting.Shared.Onnx;

/// <summary>
/// A height or width in a graph: a number, or an expression in the input's symbols such as
/// <c>ceil(H/4)</c>. Equal expressions are equal sizes, whatever the input.
/// </summary>
internal readonly record struct Dimension
{
    private readonly string? _symbol;
    private readonly long _number;

    // a size when _symbol is null, otherwise what the symbol is divided by, rounded up
    private Dimension(string? symbol, long number) => (_symbol, _number) = (symbol, number);

    /// <summary>A size that is known when the graph is written.</summary>
    public static Dimension Of(long size) => new(null, size);

    /// <summary>A size that the input decides.</summary>
    public static Dimension Of(string symbol) => new(symbol, 1);

    /// <summary>The size, or null when the input decides it.</summary>
    public long? Size => _symbol is null ? _number : null;

    /// <summary>How many windows of <paramref name="extent"/> pixels fit, <paramref name="stride"/> apart, on the padded size.</summary>
    public Dimension Windows(int extent, int stride, int padding, bool ceil)
    {
        // floor((size + 2 padding - extent) / stride) + 1 in one division
        int offset = 2 * padding - extent + stride + (ceil ? stride - 1 : 0);
        if (_symbol is null)
            return Of((_number + offset) / stride);
        if (offset == stride - 1)
            return new(_symbol, _number * stride);
        return Of(stride == 1 ? $"({this}{Signed(offset)})" : $"floor(({this}{Signed(offset)})/{stride})");
    }

    /// <summary>This size <paramref name="factor"/> times.</summary>
    public Dimension Times(int factor) => _symbol is null
        ? Of(_number * factor)
        : factor == 1 ? this : Of($"{factor}*{this}");

    /// <summary>The number or the expression.</summary>
    public override string ToString() => _symbol is null || _number == 1
        ? _symbol ?? _number.ToString(CultureInfo.InvariantCulture)
        : $"ceil({_symbol}/{_number})";

    private static string Signed(int offset) => offset == 0 ? "" : offset.ToString("+0;-0", CultureInfo.InvariantCulture);
}
