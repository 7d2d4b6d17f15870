namespace Matting.Shared.Networks;

/// <summary>The interpreter that runs a network on shapes alone; what else is to be learnt, derived ones add.</summary>
internal abstract class ShapeOps : ITensorOps<FeatureShape>
{
    public virtual FeatureShape Conv2d(FeatureShape x, string name, Conv2dSpec spec) => Made(ShapeRules.Conv2d(x, name, spec));

    public virtual FeatureShape BatchNorm2d(FeatureShape x, string name, BatchNorm2dSpec spec) => Made(x);

    public FeatureShape Relu(FeatureShape x) => Made(x);

    public FeatureShape Sigmoid(FeatureShape x) => Made(x);

    public FeatureShape MaxPool2d(FeatureShape x, MaxPool2dSpec spec) => Made(ShapeRules.MaxPool2d(x, spec));

    public FeatureShape UpsampleTo(FeatureShape x, FeatureShape like, UpsampleMode mode) => Made(ShapeRules.UpsampleTo(x, like));

    public FeatureShape UpsampleBy(FeatureShape x, int factor, UpsampleMode mode) => Made(ShapeRules.UpsampleBy(x, factor));

    public FeatureShape Concat(params ReadOnlySpan<FeatureShape> xs) => Made(ShapeRules.Concat(xs));

    public FeatureShape Add(FeatureShape a, FeatureShape b) => Made(ShapeRules.Add(a, b));

    public FeatureShape Mul(FeatureShape a, FeatureShape b) => Made(ShapeRules.Mul(a, b));

    // the identity when a network is used; only training pays for it
    public FeatureShape Dropout2d(FeatureShape x, string name, double probability) => x;

    /// <summary>Called with the result of every operation but a dropout.</summary>
    protected virtual FeatureShape Made(FeatureShape result) => result;
}
