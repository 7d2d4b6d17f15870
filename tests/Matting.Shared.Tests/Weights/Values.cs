using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;
using Matting.Testing;

namespace Matting.Shared.Tests.Weights;

/// <summary>Small helpers over values and tensors.</summary>
internal static class Values
{
    /// <summary>The file a value is written as.</summary>
    public static byte[] Serialise(PickleValue root)
    {
        using MemoryStream stream = new();
        PthFile.Write(stream, root);
        return stream.ToArray();
    }

    /// <summary>The safetensors file tensors are written as.</summary>
    public static byte[] SerialiseSafetensors(StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using MemoryStream stream = new();
        SafetensorsFile.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    /// <summary>A state dictionary of float32 tensors.</summary>
    public static StateDict Tensors(params (string Name, WeightTensor Tensor)[] tensors)
    {
        StateDict dict = new();
        foreach ((string name, WeightTensor tensor) in tensors)
            dict.Add(name, tensor);
        return dict;
    }

    /// <summary>Fails unless both values have the same structure, types, numbers and bytes.</summary>
    public static void AssertEqual(PickleValue expected, PickleValue actual)
    {
        Assert.Equal(expected.PythonType, actual.PythonType);
        switch (expected)
        {
            case PickleBool flag:
                Assert.Equal(flag.Value, ((PickleBool)actual).Value);
                break;
            case PickleInteger integer:
                Assert.Equal(integer.Value, ((PickleInteger)actual).Value);
                break;
            case PickleFloat real:
                Assert.Equal(BitConverter.DoubleToInt64Bits(real.Value), BitConverter.DoubleToInt64Bits(((PickleFloat)actual).Value));
                break;
            case PickleString text:
                Assert.Equal(text.Value, ((PickleString)actual).Value);
                break;
            case PickleBytes bytes:
                Assert.Equal(bytes.Value.ToArray(), ((PickleBytes)actual).Value.ToArray());
                break;
            case PickleTensor tensor:
                AssertEqual(tensor.Value, ((PickleTensor)actual).Value);
                break;
            case PickleDict dict:
                PickleDict other = (PickleDict)actual;
                Assert.Equal(dict.Count, other.Count);
                foreach ((KeyValuePair<PickleValue, PickleValue> a, KeyValuePair<PickleValue, PickleValue> b) in dict.Zip(other))
                {
                    AssertEqual(a.Key, b.Key);
                    AssertEqual(a.Value, b.Value);
                }
                break;
            case IReadOnlyList<PickleValue> items:
                IReadOnlyList<PickleValue> others = (IReadOnlyList<PickleValue>)actual;
                Assert.Equal(items.Count, others.Count);
                for (int i = 0; i < items.Count; i++)
                    AssertEqual(items[i], others[i]);
                break;
            default:
                Assert.IsType<PickleNone>(expected);
                break;
        }
    }

    /// <summary>Fails unless both tensors have the same type, shape and bytes.</summary>
    public static void AssertEqual(WeightTensor expected, WeightTensor actual)
    {
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(expected.Shape, actual.Shape);
        Near.AssertSameBytes(expected.Data.Span, actual.Data.Span);
    }
}
