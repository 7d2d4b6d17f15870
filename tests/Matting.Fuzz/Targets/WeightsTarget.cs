using System.Text;
using Matting.Fuzz.Corpus;
using Matting.Fuzz.Mutations;
using Matting.Shared.Numerics;
using Matting.Shared.Weights;

namespace Matting.Fuzz.Targets;

/// <summary>Files of weights: PyTorch's zip and legacy formats, safetensors.</summary>
internal sealed class WeightsTarget(string name, string extension, string[] files) : FuzzTarget(name, extension)
{
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "ctorch._utils\n_rebuild_tensor_v2\n", "ccollections\nOrderedDict\n", "ctorch\nFloatStorage\n", "cos\nsystem\n", "(", "t", "R", "Q", "}", "]", "s", "u", "e", "0", "2", ".",
            "J\u00ff\u00ff\u00ff\u007f", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", "\"F32\"", "\"data_offsets\":[0,", "\"shape\":[", "{", "}", "[[[[", "\"__metadata__\":", ",", "1e999",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    private readonly byte[][] _seeds = [.. files.Select(SeedFiles.Named)];

    public override byte[] Input(SeededRandom random)
    {
        byte[] seed = Pick(_seeds, random), other = Pick(_seeds, random);
        return seed.AsSpan().StartsWith("PK"u8) && random.Chance(0.7)
            ? ZipMutator.Mutate(seed, other, random, Words)
            : ByteMutator.Mutate(seed, other, random, Words);
    }

    public override void Try(byte[] input)
    {
        foreach ((_, WeightTensor tensor) in WeightsFile.Load(input, "weights"))
        {
            if (tensor.Data.Length == 0 && tensor.ElementCount > 0)
                throw new FuzzFailureException("a tensor has elements and no bytes");
        }
    }

    public override bool Accepts(Exception failure) => failure is WeightsFormatException;
}
