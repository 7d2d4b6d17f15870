using Matting.Fuzz.Corpus;
using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Shared.Numerics;
using Matting.Shared.Onnx;

namespace Matting.Fuzz.Targets;

/// <summary>Models as <c>predict</c> loads and runs them: the native ONNX Runtime behind our own checks.</summary>
internal sealed class OnnxRunTarget() : FuzzTarget("onnx-run", ".onnx")
{
    // a damaged input of a fixed size may be a large picture; larger ones than these are not run here
    private const int LargestSide = 512;

    // far below the cap of the process: what ONNX Runtime takes beside is no gift to hostile models
    private static readonly MattingModelOptions Own = new() { Threads = 1, MemoryLimit = 128 << 20 };

    private static readonly MattingModelOptions[] Options =
        [Own, Own with { Profile = "half" }, Own with { Profile = "half", Height = OnnxSeeds.Side, Width = OnnxSeeds.Side }];

    private readonly PixelImage _picture = new(OnnxSeeds.Side, OnnxSeeds.Side, 3);

    public override byte[] Input(SeededRandom random) => OnnxInputs.Next(random);

    public override void Try(byte[] input)
    {
        using MattingModel model = Load(input);
        NetworkSize size = model.SizeFor(OnnxSeeds.Side, OnnxSeeds.Side);
        if (size.Height > LargestSide || size.Width > LargestSide)
            return;
        PixelImage alpha = model.Predict(_picture);
        if (alpha.Width != OnnxSeeds.Side || alpha.Height != OnnxSeeds.Side)
            throw new FuzzFailureException($"the alpha is {alpha.Width}x{alpha.Height}");
    }

    public override bool Accepts(Exception failure) => failure is OnnxFormatException or MattingModelException;

    // with what it says about itself, as a model of somebody else, and as one of open size: the first that fits
    private static MattingModel Load(byte[] input)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return MattingModel.Load(input, "model", Options[i]);
            }
            catch (MattingModelException failure) when (failure.Reason is MattingModelError.Undescribed && i + 1 < Options.Length)
            {
                // the next options describe it
            }
        }
    }
}
