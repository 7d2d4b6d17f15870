namespace Matting.Shared.Onnx;

/// <summary>The numbers that a model has as weights and computes with. Its input and its outputs are float32 whatever it is.</summary>
public enum ModelPrecision
{
    /// <summary>32 bits: 24 of precision.</summary>
    Float32,

    /// <summary>16 bits: 11 of precision, up to 65504. Half the file and half the memory; for GPUs that compute with them.</summary>
    Float16,
}

/// <summary>The words of users for <see cref="ModelPrecision"/>, the same on the command line, in model cards and in messages.</summary>
public static class ModelPrecisions
{
    /// <summary>All words, the usual one first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fp32", "fp16"];

    /// <summary>The word, <c>fp32</c> or <c>fp16</c>.</summary>
    public static string Name(this ModelPrecision precision) => Names[(int)precision];

    /// <summary>The precision of a word.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the known ones.</exception>
    public static ModelPrecision Get(string name) =>
        Find(name) ?? throw new ArgumentException($"precision '{name}': expected {string.Join(" or ", Names)}", nameof(name));

    /// <summary>The precision of a word; null when there is none.</summary>
    public static ModelPrecision? Find(string name) => name switch
    {
        "fp32" => ModelPrecision.Float32,
        "fp16" => ModelPrecision.Float16,
        _ => null,
    };
}
