using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Matting.Shared.Weights;
using Matting.Shared.Weights.Pickle;

namespace Matting.Shared.Tests.Weights;

/// <summary>Generators of values and tensors.</summary>
internal static class SomeValues
{
    /// <summary>A tensor of any type with up to four dimensions, some of them 0 or 1, and any bytes.</summary>
    public static Gen<WeightTensor> Tensor { get; } =
        from type in Gen.Elements(Enum.GetValues<ElementType>())
        from shape in Gen.Choose(0, 4).ListOf().Where(sizes => sizes.Count <= 4)
        let count = (int)shape.Aggregate(1L, (product, size) => product * size)
        from bytes in Gen.Choose(0, 255).ArrayOf(count * type.Size())
        select new WeightTensor(type, [.. shape.Select(size => (long)size)], bytes.Select(value => (byte)value).ToArray());

    /// <summary>Text of any characters but halves of surrogate pairs.</summary>
    public static Gen<string> Text { get; } =
        ArbMap.Default.GeneratorFor<string>().Select(text => new string([.. (text ?? "").Where(character => !char.IsSurrogate(character))]));

    private static readonly Gen<PickleValue> Scalar = Gen.OneOf(
        Gen.Constant(PickleValue.None),
        ArbMap.Default.GeneratorFor<bool>().Select(value => (PickleValue)value),
        ArbMap.Default.GeneratorFor<double>().Select(value => (PickleValue)value),
        ArbMap.Default.GeneratorFor<long>().Select(value => (PickleValue)value),
        ArbMap.Default.GeneratorFor<BigInteger>().Select(value => (PickleValue)new PickleInteger(value * value * value)),
        ArbMap.Default.GeneratorFor<byte[]>().Select(value => (PickleValue)new PickleBytes(value)),
        Text.Select(value => (PickleValue)value));

    /// <summary>Any value, containers up to a number of levels.</summary>
    public static Gen<PickleValue> Tree(int levels)
    {
        Gen<PickleValue> leaf = Gen.Frequency((4, Scalar), (1, Tensor.Select(tensor => (PickleValue)tensor)));
        if (levels == 0)
            return leaf;
        Gen<PickleValue[]> items = Gen.Choose(0, 5).SelectMany(count => Tree(levels - 1).ArrayOf(count));
        return Gen.Frequency(
            (3, leaf),
            (1, items.Select(values => (PickleValue)new PickleTuple(values))),
            (1, items.Select(values => (PickleValue)new PickleList(values))),
            (1, from ordered in ArbMap.Default.GeneratorFor<bool>()
                from keys in Scalar.ArrayOf(5)
                from values in items
                select (PickleValue)Dict(ordered, keys, values)));
    }

    private static PickleDict Dict(bool ordered, PickleValue[] keys, PickleValue[] values)
    {
        PickleDict dict = new(ordered);
        for (int i = 0; i < values.Length; i++)
            dict[keys[i]] = values[i];
        return dict;
    }
}
