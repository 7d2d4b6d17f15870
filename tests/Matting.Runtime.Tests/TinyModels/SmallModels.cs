namespace Matting.Runtime.Tests.TinyModels;

/// <summary>The models that several tests use.</summary>
internal static class SmallModels
{
    /// <summary>y = 2 x + 1 over any [N, 3].</summary>
    public static byte[] Affine() => Twice().ToBytes();

    public static TinyModel Twice(TinyModel? start = null) => (start ?? new TinyModel())
        .Input("x", TinyModel.Float, "N", 3)
        .Output("y", TinyModel.Float, "N", 3)
        .Weights("two", [2f])
        .Weights("one", [1f])
        .Node("Mul", ["x", "two"], ["doubled"])
        .Node("Add", ["doubled", "one"], ["y"]);

    /// <summary>y = x for one element type and shape.</summary>
    public static byte[] Identity(int type, params object?[] dimensions) => new TinyModel()
        .Input("x", type, dimensions)
        .Output("y", type, dimensions)
        .Node("Identity", ["x"], ["y"])
        .ToBytes();
}
