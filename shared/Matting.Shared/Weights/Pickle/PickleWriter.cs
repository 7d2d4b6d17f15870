using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Matting.Shared.Weights.Pickle;

/// <summary>
/// Writes values as a pickle of protocol 2, with the instructions that every <c>torch.load</c>, also the restricted one
/// behind <c>weights_only=True</c>, understands.
/// </summary>
internal sealed class PickleWriter
{
    private const int MostSimpleTupleItems = 3;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Dictionary<string, uint> _rememberedNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, uint> _rememberedTexts = new(StringComparer.Ordinal);
    private readonly Dictionary<WeightTensor, int> _storageKeys = new(ReferenceEqualityComparer.Instance);
    private readonly List<WeightTensor> _storages = [];
    private uint _remembered;

    /// <summary>The tensors whose bytes the pickle refers to by their place here.</summary>
    public IReadOnlyList<WeightTensor> Storages => _storages;

    /// <summary>Gives the pickle of a value; to be called once.</summary>
    /// <exception cref="ArgumentException">The value contains itself, is too deep, or has text that is not Unicode.</exception>
    public byte[] Write(PickleValue root)
    {
        Put(PickleOpcode.Protocol, 2);
        Value(root, PickleLimits.Depth);
        Put(PickleOpcode.Stop);
        return _bytes.WrittenSpan.ToArray();
    }

    private void Value(PickleValue value, int depthLeft)
    {
        if (depthLeft < 0)
            throw new ArgumentException($"the value is more than {PickleLimits.Depth} levels deep, or contains itself", nameof(value));
        switch (value)
        {
            case PickleNone:
                Put(PickleOpcode.None);
                break;
            case PickleBool flag:
                Put(flag.Value ? PickleOpcode.NewTrue : PickleOpcode.NewFalse);
                break;
            case PickleInteger integer:
                Integer(integer.Value);
                break;
            case PickleFloat real:
                Put(PickleOpcode.BinFloat);
                Span<byte> bits = stackalloc byte[sizeof(double)];
                BinaryPrimitives.WriteDoubleBigEndian(bits, real.Value);
                _bytes.Write(bits);
                break;
            case PickleString text:
                Text(text.Value);
                break;
            case PickleBytes bytes:
                Bytes(bytes.Value.Span);
                break;
            case PickleTensor tensor:
                Tensor(tensor.Value);
                break;
            case PickleTuple tuple:
                Tuple(tuple, depthLeft);
                break;
            case PickleList list:
                Put(PickleOpcode.EmptyList);
                Items(list, depthLeft, PickleOpcode.Appends);
                break;
            case PickleDict dict:
                Dictionary(dict, depthLeft);
                break;
            default:
                throw new ArgumentException($"a {value.PythonType} cannot be written", nameof(value));
        }
    }

    private void Integer(BigInteger value)
    {
        if (value >= 0 && value <= byte.MaxValue)
            Put(PickleOpcode.BinInt1, (byte)value);
        else if (value >= 0 && value <= ushort.MaxValue)
            Put(PickleOpcode.BinInt2, (byte)(value & byte.MaxValue), (byte)(value >> 8));
        else if (value >= int.MinValue && value <= int.MaxValue)
        {
            Put(PickleOpcode.BinInt);
            PutUInt32((uint)(int)value);
        }
        else
        {
            byte[] bytes = value.ToByteArray();
            if (bytes.Length > byte.MaxValue)
                throw new ArgumentException($"a whole number of {bytes.Length} bytes is too long", nameof(value));
            Put(PickleOpcode.Long1, (byte)bytes.Length);
            _bytes.Write(bytes);
        }
    }

    private void Text(string text)
    {
        if (Recall(_rememberedTexts, text))
            return;
        byte[] bytes = StrictUtf8.GetBytes(text);
        Put(PickleOpcode.BinUnicode);
        PutUInt32((uint)bytes.Length);
        _bytes.Write(bytes);
        Remember(_rememberedTexts, text);
    }

    // protocol 2 has no byte strings: Python decodes them from text
    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        Name("_codecs", "encode");
        Text(Encoding.Latin1.GetString(bytes));
        Text("latin1");
        Put(PickleOpcode.Tuple2);
        Put(PickleOpcode.Reduce);
    }

    private void Tuple(PickleTuple tuple, int depthLeft)
    {
        if (tuple.Count == 0)
            Put(PickleOpcode.EmptyTuple);
        else if (tuple.Count <= MostSimpleTupleItems)
        {
            foreach (PickleValue item in tuple)
                Value(item, depthLeft - 1);
            Put(PickleOpcode.Tuple1 + (byte)(tuple.Count - 1));
        }
        else
            Items(tuple, depthLeft, PickleOpcode.Tuple);
    }

    private void Items(IReadOnlyList<PickleValue> items, int depthLeft, PickleOpcode last)
    {
        if (items.Count == 0)
            return;
        Put(PickleOpcode.Mark);
        foreach (PickleValue item in items)
            Value(item, depthLeft - 1);
        Put(last);
    }

    private void Dictionary(PickleDict dict, int depthLeft)
    {
        if (dict.IsOrdered)
            EmptyOrderedDict();
        else
            Put(PickleOpcode.EmptyDict);
        if (dict.Count == 0)
            return;
        Put(PickleOpcode.Mark);
        foreach ((PickleValue key, PickleValue value) in dict)
        {
            Value(key, depthLeft - 1);
            Value(value, depthLeft - 1);
        }
        Put(PickleOpcode.SetItems);
    }

    // _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, backward_hooks)
    private void Tensor(WeightTensor tensor)
    {
        if (!_storageKeys.TryGetValue(tensor, out int key))
        {
            key = _storages.Count;
            _storages.Add(tensor);
            _storageKeys.Add(tensor, key);
        }
        Name("torch._utils", "_rebuild_tensor_v2");
        Put(PickleOpcode.Mark);
        Put(PickleOpcode.Mark);
        Text("storage");
        Name("torch", KnownGlobal.StorageName(tensor.Type));
        Text(key.ToString(CultureInfo.InvariantCulture));
        Text("cpu");
        Integer(tensor.ElementCount);
        Put(PickleOpcode.Tuple);
        Put(PickleOpcode.BinPersistentId);
        Integer(0);
        Integers([.. tensor.Shape]);
        Integers(TensorShape.ContiguousStrides([.. tensor.Shape]));
        Put(PickleOpcode.NewFalse);
        EmptyOrderedDict();
        Put(PickleOpcode.Tuple);
        Put(PickleOpcode.Reduce);
    }

    private void Integers(ReadOnlySpan<long> numbers)
    {
        Put(PickleOpcode.Mark);
        foreach (long number in numbers)
            Integer(number);
        Put(PickleOpcode.Tuple);
    }

    private void EmptyOrderedDict()
    {
        Name("collections", "OrderedDict");
        Put(PickleOpcode.EmptyTuple);
        Put(PickleOpcode.Reduce);
    }

    private void Name(string module, string name)
    {
        string line = $"{module}\n{name}\n";
        if (Recall(_rememberedNames, line))
            return;
        Put(PickleOpcode.Global);
        _bytes.Write(Encoding.ASCII.GetBytes(line));
        Remember(_rememberedNames, line);
    }

    private bool Recall(Dictionary<string, uint> remembered, string text)
    {
        if (!remembered.TryGetValue(text, out uint index))
            return false;
        Indexed(PickleOpcode.BinGet, PickleOpcode.LongBinGet, index);
        return true;
    }

    private void Remember(Dictionary<string, uint> remembered, string text)
    {
        remembered.Add(text, _remembered);
        Indexed(PickleOpcode.BinPut, PickleOpcode.LongBinPut, _remembered++);
    }

    private void Indexed(PickleOpcode small, PickleOpcode large, uint index)
    {
        if (index <= byte.MaxValue)
            Put(small, (byte)index);
        else
        {
            Put(large);
            PutUInt32(index);
        }
    }

    private void Put(PickleOpcode opcode, params ReadOnlySpan<byte> operands)
    {
        _bytes.Write([(byte)opcode]);
        _bytes.Write(operands);
    }

    private void PutUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.Write(bytes);
    }
}
