using Google.Protobuf;
using Matting.Fuzz.Corpus;
using Matting.Fuzz.Mutations;
using Matting.Shared.Numerics;
using Matting.Shared.Onnx;

namespace Matting.Fuzz.Targets;

/// <summary>Damaged models: mostly ones whose encoding is right, so that the damage reaches graph and operators.</summary>
internal static class OnnxInputs
{
    private static readonly ModelProto[] Models = OnnxSeeds.All();
    private static readonly byte[][] Files = [.. Models.Select(OnnxSeeds.Bytes)];

    public static byte[] Next(SeededRandom random)
    {
        int seed = random.Next(Models.Length);
        if (random.Chance(0.25))
            return ByteMutator.Mutate(Files[seed], Files[random.Next(Files.Length)], random);
        ModelProto model = Models[seed].Clone();
        ProtoMutator.Mutate(model, OnnxWords.ByField, random);
        return model.ToByteArray();
    }
}
