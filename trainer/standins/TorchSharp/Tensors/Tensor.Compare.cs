using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => target is null ? false : Aten.Eq.Tensor(this, target);

        public Tensor eq(Scalar target) => Aten.EqScalar.Tensor(this, target);

        public Tensor ne(Tensor target) => target is null ? false : Aten.Ne.Tensor(this, target);

        public Tensor ne(Scalar target) => Aten.NeScalar.Tensor(this, target);

        public Tensor lt(Tensor target) => target is null ? false : Aten.Lt.Tensor(this, target);

        public Tensor lt(Scalar target) => Aten.LtScalar.Tensor(this, target);

        public Tensor le(Tensor target) => target is null ? false : Aten.Le.Tensor(this, target);

        public Tensor le(Scalar target) => Aten.LeScalar.Tensor(this, target);

        public Tensor gt(Tensor target) => target is null ? false : Aten.Gt.Tensor(this, target);

        public Tensor gt(Scalar target) => Aten.GtScalar.Tensor(this, target);

        public Tensor ge(Tensor target) => target is null ? false : Aten.Ge.Tensor(this, target);

        public Tensor ge(Scalar target) => Aten.GeScalar.Tensor(this, target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor isnan() => Aten.Isnan.Tensor(this);

        public Tensor isinf() => Aten.Isinf.Tensor(this);

        public Tensor isfinite() => Aten.Isfinite.Tensor(this);

        public Tensor logical_not() => Aten.LogicalNot.Tensor(this);

        public Tensor logical_and(Tensor other) => Aten.LogicalAnd.Tensor(this, other);

        public Tensor logical_or(Tensor other) => Aten.LogicalOr.Tensor(this, other);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => Aten.Isclose.Tensor(this, other, rtol, atol, nanEqual);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Aten.Allclose.Scalar(this, target, rtol, atol, equal_nan).ToBoolean();

        public bool Equals(Tensor target) => target is not null && Aten.Equal.Scalar(this, target).ToBoolean();
    }
}
