using System.Numerics;
using static Matting.Shared.Weights.WeightsFormatError;

namespace Matting.Shared.Weights.Pickle;

/// <summary>
/// Reads one pickle into plain data. It knows the instructions and the names that checkpoints need and refuses
/// everything else by name; see <see cref="PickleCalls"/> for what a "call" does. Work and memory are bounded by
/// <see cref="PickleLimits"/>, and nothing recurses.
/// </summary>
internal sealed class PickleMachine
{
    private readonly PickleInput _input;
    private readonly PickleStack _stack;
    private readonly List<StorageReference>? _mentioned;

    private PickleMachine(PickleInput input, List<StorageReference>? mentioned)
    {
        _input = input;
        _stack = new PickleStack(input);
        _mentioned = mentioned;
    }

    /// <summary>Reads to the end of the pickle and gives its value: a <c>Raw...</c> object or a scalar <see cref="PickleValue"/>.</summary>
    /// <param name="input">The stream, at the beginning of the pickle; afterwards behind it.</param>
    /// <param name="mentioned">Receives every storage the pickle mentions.</param>
    /// <exception cref="WeightsFormatException">The pickle is malformed, too costly, or asks for what is not read.</exception>
    public static object Run(PickleInput input, List<StorageReference>? mentioned = null) =>
        new PickleMachine(input, mentioned).Run();

    private object Run()
    {
        while (true)
        {
            PickleOpcode opcode = (PickleOpcode)_input.ReadByte();
            if (opcode == PickleOpcode.Stop)
                break;
            if (!Scalar(opcode) && !Container(opcode) && !Bookkeeping(opcode))
                Name(opcode);
        }
        return _stack.PopLast();
    }

    private bool Scalar(PickleOpcode opcode)
    {
        object? value = opcode switch
        {
            PickleOpcode.None => PickleValue.None,
            PickleOpcode.NewTrue => PickleBool.True,
            PickleOpcode.NewFalse => PickleBool.False,
            PickleOpcode.BinInt => new PickleInteger(_input.ReadInt32()),
            PickleOpcode.BinInt1 => new PickleInteger(_input.ReadByte()),
            PickleOpcode.BinInt2 => new PickleInteger(_input.ReadUInt16()),
            PickleOpcode.Long1 => ReadInteger(_input.ReadByte()),
            PickleOpcode.Long4 => ReadInteger(_input.ReadUInt32()),
            PickleOpcode.BinFloat => new PickleFloat(_input.ReadDouble()),
            PickleOpcode.BinUnicode => new PickleString(_input.ReadText(_input.ReadUInt32())),
            PickleOpcode.ShortBinUnicode => new PickleString(_input.ReadText(_input.ReadByte())),
            PickleOpcode.BinUnicode8 => new PickleString(_input.ReadText(_input.ReadUInt64())),
            // strings of Python 2: torch reads them as UTF-8
            PickleOpcode.BinString => new PickleString(_input.ReadText(_input.ReadUInt32())),
            PickleOpcode.ShortBinString => new PickleString(_input.ReadText(_input.ReadByte())),
            PickleOpcode.BinBytes => new PickleBytes(_input.ReadBytes(_input.ReadUInt32())),
            PickleOpcode.ShortBinBytes => new PickleBytes(_input.ReadBytes(_input.ReadByte())),
            PickleOpcode.BinBytes8 => new PickleBytes(_input.ReadBytes(_input.ReadUInt64())),
            _ => null,
        };
        if (value is not null)
            _stack.Push(value);
        return value is not null;
    }

    private bool Container(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EmptyTuple:
                _stack.Push(new RawTuple([]));
                return true;
            case PickleOpcode.Tuple1:
                _stack.Push(new RawTuple(_stack.PopMany(1)));
                return true;
            case PickleOpcode.Tuple2:
                _stack.Push(new RawTuple(_stack.PopMany(2)));
                return true;
            case PickleOpcode.Tuple3:
                _stack.Push(new RawTuple(_stack.PopMany(3)));
                return true;
            case PickleOpcode.Tuple:
                _stack.Push(new RawTuple(_stack.PopToMark()));
                return true;
            case PickleOpcode.EmptyList:
                _stack.Push(new RawList());
                return true;
            case PickleOpcode.List:
                RawList list = new();
                list.Items.AddRange(_stack.PopToMark());
                _stack.Push(list);
                return true;
            case PickleOpcode.Append:
                Append(_stack.PopMany(1));
                return true;
            case PickleOpcode.Appends:
                Append(_stack.PopToMark());
                return true;
            case PickleOpcode.EmptyDict:
                _stack.Push(new RawDict(ordered: false));
                return true;
            case PickleOpcode.Dict:
                object[] entries = _stack.PopToMark();
                _stack.Push(new RawDict(ordered: false));
                SetItems(entries);
                return true;
            case PickleOpcode.SetItem:
                SetItems(_stack.PopMany(2));
                return true;
            case PickleOpcode.SetItems:
                SetItems(_stack.PopToMark());
                return true;
            default:
                return false;
        }
    }

    private bool Bookkeeping(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol:
                byte protocol = _input.ReadByte();
                if (protocol > 5)
                    throw Bad($"pickle protocol {protocol} is not known");
                return true;
            case PickleOpcode.Frame:
                // how much to read ahead; every read is checked anyway
                _input.ReadUInt64();
                return true;
            case PickleOpcode.Mark:
                _stack.Mark();
                return true;
            case PickleOpcode.Pop:
                // as in Python, a mark on top counts as one
                if (!_stack.TryPopMark())
                    _stack.Pop();
                return true;
            case PickleOpcode.PopMark:
                _stack.PopToMark();
                return true;
            case PickleOpcode.Dup:
                _stack.Push(_stack.Peek());
                return true;
            case PickleOpcode.BinPut:
                _stack.Remember(_input.ReadByte());
                return true;
            case PickleOpcode.LongBinPut:
                _stack.Remember(_input.ReadUInt32());
                return true;
            case PickleOpcode.Memoize:
                _stack.Remember();
                return true;
            case PickleOpcode.BinGet:
                _stack.Recall(_input.ReadByte());
                return true;
            case PickleOpcode.LongBinGet:
                _stack.Recall(_input.ReadUInt32());
                return true;
            default:
                return false;
        }
    }

    // everything that names a class or function, or uses one
    private void Name(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global:
                PushGlobal(_input.ReadLine(), _input.ReadLine());
                break;
            case PickleOpcode.StackGlobal:
                object[] parts = _stack.PopMany(2);
                if (parts is not [PickleString module, PickleString name])
                    throw Bad("the name of a class is not made of two strings");
                PushGlobal(module.Value, name.Value);
                break;
            case PickleOpcode.Reduce:
                object[] call = _stack.PopMany(2);
                _stack.Charge(PickleCalls.Cost(call[1]));
                _stack.Push(PickleCalls.Call(_input, call[0], call[1]));
                break;
            case PickleOpcode.Build:
                object state = _stack.Pop();
                PickleCalls.SetState(_input, _stack.Peek(), state);
                break;
            case PickleOpcode.BinPersistentId:
                StorageReference storage = PickleCalls.Storage(_input, _stack.Pop());
                _mentioned?.Add(storage);
                _stack.Push(storage);
                break;
            case PickleOpcode.Instance:
                throw Forbidden($"the pickle asks for {_input.ReadLine()}.{_input.ReadLine()}");
            case PickleOpcode.NewObject or PickleOpcode.NewObjectEx or PickleOpcode.Object:
                throw Forbidden($"the pickle makes an object ({opcode}), which weights do not need");
            case PickleOpcode.EmptySet or PickleOpcode.FrozenSet or PickleOpcode.AddItems:
                throw Forbidden("the pickle holds a set; only tensors, dictionaries, lists, tuples, numbers, strings, bytes and None are read");
            case PickleOpcode.Extension1 or PickleOpcode.Extension2 or PickleOpcode.Extension4:
                throw Forbidden("the pickle asks for a class by a number of Python's extension registry");
            default:
                throw Enum.IsDefined(opcode)
                    ? Forbidden($"the pickle instruction {opcode} is not one that torch.save writes")
                    : Bad($"0x{(byte)opcode:X2} at offset {_input.Position - 1} is not a pickle instruction");
        }
    }

    private void PushGlobal(string module, string name)
    {
        string full = $"{module}.{name}";
        _stack.Push(KnownGlobal.Find(full) ?? throw Forbidden($"the pickle asks for {full}, which is not needed for weights; nothing was executed"));
    }

    private PickleInteger ReadInteger(uint bytes)
    {
        if (bytes > PickleLimits.IntegerBytes)
            throw _input.Refuse(LimitExceeded, $"a whole number of {bytes} bytes is too long");
        return new PickleInteger(new BigInteger(_input.ReadBytes(bytes)));
    }

    private void Append(object[] items)
    {
        if (_stack.Peek() is not RawList list)
            throw Bad("something is appended to what is not a list");
        _stack.Charge(items.Length);
        list.Items.AddRange(items);
    }

    private void SetItems(object[] keysAndValues)
    {
        if (_stack.Peek() is not RawDict dict)
            throw Bad("an entry is set in what is not a dictionary");
        if (keysAndValues.Length % 2 != 0)
            throw Bad("a dictionary key has no value");
        _stack.Charge(keysAndValues.Length);
        for (int i = 0; i < keysAndValues.Length; i += 2)
            dict.Entries.Add(new(keysAndValues[i], keysAndValues[i + 1]));
    }

    private WeightsFormatException Bad(string detail) => _input.Refuse(BadPickle, detail);

    private WeightsFormatException Forbidden(string detail) => _input.Refuse(WeightsFormatError.Forbidden, detail);
}
