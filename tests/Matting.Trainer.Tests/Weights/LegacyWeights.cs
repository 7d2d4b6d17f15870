using System.Globalization;
using System.Runtime.InteropServices;
using Matting.Shared.Tests.Weights;
using Matting.Shared.Weights;

namespace Matting.Trainer.Tests.Weights;

/// <summary>Writes weights as PyTorch did before version 1.6, and as the published <c>u2netp.pth</c> is written.</summary>
internal static class LegacyWeights
{
    public static void Write(string path, StateDict weights)
    {
        PickleAssembler value = new PickleAssembler().Global("collections", "OrderedDict").Op(")R(");
        PickleAssembler keys = new PickleAssembler().Op("](");
        List<byte> storages = [];
        foreach ((string name, WeightTensor tensor) in weights)
        {
            string key = (storages.Count + 1).ToString(CultureInfo.InvariantCulture);
            value.Text(name).Tensor(key, tensor.ElementCount, 0, [.. tensor.Shape], Strides(tensor.Shape), StorageOf(tensor.Type), legacy: true);
            keys.Text(key);
            storages.AddRange(MemoryMarshal.AsBytes<long>([tensor.ElementCount]));
            storages.AddRange(tensor.Data.Span);
        }
        File.WriteAllBytes(path, new LegacyAssembler { Value = value.Op("u").Stop(), Keys = keys.Op("e").Stop(), Storages = [.. storages] }.Build());
    }

    private static string StorageOf(ElementType type) => type == ElementType.Int64 ? "LongStorage" : "FloatStorage";

    private static long[] Strides(IReadOnlyList<long> shape)
    {
        long[] strides = new long[shape.Count];
        long stride = 1;
        for (int i = shape.Count - 1; i >= 0; stride *= shape[i--])
            strides[i] = stride;
        return strides;
    }
}
