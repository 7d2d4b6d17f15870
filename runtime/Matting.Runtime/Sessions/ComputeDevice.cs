using System.Globalization;

namespace Matting.Runtime.Sessions;

/// <summary>A device as users write it.</summary>
/// <param name="CudaIndex">Number of the CUDA device; null is the CPU.</param>
internal readonly record struct ComputeDevice(int? CudaIndex)
{
    public static ComputeDevice Cpu { get; } = new(null);

    /// <exception cref="ArgumentException">The text is not <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</exception>
    public static ComputeDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "cpu")
            return Cpu;
        if (text == "cuda")
            return new(0);
        if (text.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return new(index);
        throw new ArgumentException($"device '{text}': expected cpu, cuda or cuda:N", nameof(text));
    }

    public override string ToString() =>
        CudaIndex is { } index ? string.Create(CultureInfo.InvariantCulture, $"cuda:{index}") : "cpu";
}
