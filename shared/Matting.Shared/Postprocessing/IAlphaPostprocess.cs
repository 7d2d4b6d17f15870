namespace Matting.Shared.Postprocessing;

/// <summary>
/// Something done to a predicted alpha. The result depends on the arguments only; the object keeps memory from call to
/// call, so each thread needs its own.
/// </summary>
public interface IAlphaPostprocess
{
    /// <summary>Processes one alpha.</summary>
    /// <param name="alpha">[height, width] values, nominally 0..1; NaN counts as 0.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="result">Receives as many values; may be the alpha itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1.</exception>
    /// <exception cref="ArgumentException">A length is not width * height.</exception>
    void Apply(ReadOnlySpan<float> alpha, int width, int height, Span<float> result);
}
