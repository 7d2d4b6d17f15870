using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    private static Tensor Sized(Operator create, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finished(create.Tensor(size, dtype ?? _defaultType, Argument.None, InitializeDevice(device)), requires_grad, names);

    private static Tensor Sampled(Operator sample, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names) =>
        Finished(sample.Tensor(size, Argument.Optional(generator), dtype ?? _defaultType, Argument.None, InitializeDevice(device)), requires_grad, names);

    private static Tensor Number(Scalar value, ScalarType dtype, Device? device, bool requires_grad) =>
        Finished(Aten.ScalarTensor.Tensor(value, dtype, Argument.None, InitializeDevice(device)), requires_grad, null);

    private static Tensor ComplexNumber(double real, double imaginary, ScalarType dtype, Device? device, bool requires_grad) =>
        Number(new System.Numerics.Complex(real, imaginary), dtype, device, requires_grad);

    private static Tensor Finished(Tensor tensor, bool requires_grad, string[]? names)
    {
        if (requires_grad) tensor.requires_grad = true;
        return Unnamed(names, tensor);
    }

    // What a factory makes of numbers when no element type is given.
    private static ScalarType NaturalType(params ReadOnlySpan<Scalar> numbers)
    {
        foreach (var number in numbers)
            if (!is_integral(number.Type)) return _defaultType;
        return ScalarType.Int64;
    }
}
