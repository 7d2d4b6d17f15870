using Matting.Shared.Numerics;
using Matting.Shared.Onnx;

namespace Matting.Fuzz.Targets;

/// <summary>Models as <c>inspect</c> reads them.</summary>
internal sealed class OnnxReadTarget() : FuzzTarget("onnx-read", ".onnx")
{
    public override byte[] Input(SeededRandom random) => OnnxInputs.Next(random);

    public override void Try(byte[] input) => OnnxSummary.Of(OnnxFile.Parse(input, "model"), "model");

    public override bool Accepts(Exception failure) => failure is OnnxFormatException;
}
