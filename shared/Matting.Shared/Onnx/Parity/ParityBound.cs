using System.Globalization;

namespace Matting.Shared.Onnx.Parity;

/// <summary>How far the alphas of a model, which lie in 0..1, may be from those of the network it was made of.</summary>
/// <param name="Maximum">The largest absolute difference.</param>
/// <param name="Mean">The mean absolute difference.</param>
public sealed record ParityBound(double Maximum, double Mean)
{
    /// <summary>In float32 only the order of sums differs, which stays below 1e-5; what is above 1e-4 is another network.</summary>
    public static ParityBound Float32 { get; } = new(1e-4, 1e-4);

    /// <summary>
    /// In float16 every weight and every feature map is rounded to 11 bits. Measured with all of these roundings, over the golden weights and a
    /// trained checkpoint, on six photographs at 256 and at 1024: 1.6e-3 to 3.9e-3 at most and up to 2.9e-4 on average, but 2.0e-2 and
    /// 7.4e-4 on one that is scaled up from 480x360 to 1024. The bound leaves more than twice that: 13 of the 255 levels of an 8-bit alpha anywhere,
    /// half a level on average. ONNX Runtime's CPU computes these models in float32, and so shows the rounding of the weights alone,
    /// which is two thirds to nine tenths of the mean.
    /// </summary>
    public static ParityBound Float16 { get; } = new(5e-2, 2e-3);

    /// <summary>The bound of a precision.</summary>
    public static ParityBound Of(ModelPrecision precision) => precision == ModelPrecision.Float16 ? Float16 : Float32;

    /// <summary>Whether a difference is within the bound.</summary>
    public bool Allows(ModelVerification measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return measured.Maximum <= Maximum && measured.Mean <= Mean;
    }

    /// <summary>For instance <c>1e-02 (mean 1e-03)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Maximum:0e+00} (mean {Mean:0e+00})");
}
