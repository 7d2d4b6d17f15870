using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>
/// An ATen operator, found by name and overload in libtorch's dispatcher at its first call. Arguments are given in the
/// order of its schema; those left out at the end take the schema's defaults.
/// </summary>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int StackWords = 64;

    private nint _handle;

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal Tensor Tensor(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Invoke(arguments, &result, 1);
        return TorchSharp.torch.Tensor.Of(result);
    }

    /// <summary>Calls an operator that changes its first argument, and returns that very tensor.</summary>
    internal Tensor Mutate(params ReadOnlySpan<Argument> arguments)
    {
        Invoke(arguments, null, 0);
        return arguments[0].Tensor;
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    internal (Tensor First, Tensor Second) Pair(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[2];
        Invoke(arguments, results, 2);
        return (TorchSharp.torch.Tensor.Of(results[0]), TorchSharp.torch.Tensor.Of(results[1]));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    internal Tensor[] List(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Invoke(arguments, &result, 1);
        var values = new ReadOnlySpan<Value>((void*)result.Bits, result.Count);
        var tensors = new Tensor[values.Length];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = TorchSharp.torch.Tensor.Of(values[i]);
        Shim.FreeList((nint)result.Bits);
        return tensors;
    }

    /// <summary>Calls an operator that returns a number or a flag.</summary>
    internal Scalar Scalar(params ReadOnlySpan<Argument> arguments)
    {
        Value result;
        Invoke(arguments, &result, 1);
        return TorchSharp.Scalar.Of(result);
    }

    [SkipLocalsInit]
    private void Invoke(ReadOnlySpan<Argument> arguments, Value* results, int room)
    {
        int words = 0;
        foreach (ref readonly var argument in arguments) words += argument.Words;

        if (words <= StackWords)
        {
            long* onStack = stackalloc long[StackWords];
            Invoke(arguments, results, room, onStack);
        }
        else
        {
            fixed (long* onHeap = new long[words]) Invoke(arguments, results, room, onHeap);
        }
    }

    [SkipLocalsInit]
    private void Invoke(ReadOnlySpan<Argument> arguments, Value* results, int room, long* words)
    {
        Value* values = stackalloc Value[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i].ToValue(words);
            words += arguments[i].Words;
        }

        int returned = Shim.Call(_handle != 0 ? _handle : Find(), values, arguments.Length, results, room);

        // The tensors of the arguments must not be finalised while native code works on them.
        foreach (ref readonly var argument in arguments) argument.KeepAlive();
        if (returned < 0) throw Shim.Error(name);
        if (returned < room) throw new ExternalException($"{name}: {returned} results instead of {room}");
    }

    private nint Find() => _handle = Shim.Check(Shim.FindOperator(name, overload), name);
}
