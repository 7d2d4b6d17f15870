using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => target is null ? false : Aten.Eq.Tensor(this, target);

        public Tensor eq_(Tensor target) => target is null ? false : Aten.EqIn.Mutate(this, target);

        public Tensor eq(Scalar target) => Aten.EqScalar.Tensor(this, target);

        public Tensor eq_(Scalar target) => Aten.EqScalarIn.Mutate(this, target);

        public Tensor ne(Tensor target) => target is null ? false : Aten.Ne.Tensor(this, target);

        public Tensor ne_(Tensor target) => target is null ? false : Aten.NeIn.Mutate(this, target);

        public Tensor ne(Scalar target) => Aten.NeScalar.Tensor(this, target);

        public Tensor ne_(Scalar target) => Aten.NeScalarIn.Mutate(this, target);

        public Tensor lt(Tensor target) => target is null ? false : Aten.Lt.Tensor(this, target);

        public Tensor lt_(Tensor target) => target is null ? false : Aten.LtIn.Mutate(this, target);

        public Tensor lt(Scalar target) => Aten.LtScalar.Tensor(this, target);

        public Tensor lt_(Scalar target) => Aten.LtScalarIn.Mutate(this, target);

        public Tensor le(Tensor target) => target is null ? false : Aten.Le.Tensor(this, target);

        public Tensor le_(Tensor target) => target is null ? false : Aten.LeIn.Mutate(this, target);

        public Tensor le(Scalar target) => Aten.LeScalar.Tensor(this, target);

        public Tensor le_(Scalar target) => Aten.LeScalarIn.Mutate(this, target);

        public Tensor gt(Tensor target) => target is null ? false : Aten.Gt.Tensor(this, target);

        public Tensor gt_(Tensor target) => target is null ? false : Aten.GtIn.Mutate(this, target);

        public Tensor gt(Scalar target) => Aten.GtScalar.Tensor(this, target);

        public Tensor gt_(Scalar target) => Aten.GtScalarIn.Mutate(this, target);

        public Tensor ge(Tensor target) => target is null ? false : Aten.Ge.Tensor(this, target);

        public Tensor ge_(Tensor target) => target is null ? false : Aten.GeIn.Mutate(this, target);

        public Tensor ge(Scalar target) => Aten.GeScalar.Tensor(this, target);

        public Tensor ge_(Scalar target) => Aten.GeScalarIn.Mutate(this, target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor isnan() => Aten.Isnan.Tensor(this);

        public Tensor isinf() => Aten.Isinf.Tensor(this);

        public Tensor isfinite() => Aten.Isfinite.Tensor(this);

        public Tensor logical_not() => Aten.LogicalNot.Tensor(this);

        public Tensor logical_not_() => Aten.LogicalNotIn.Mutate(this);

        public Tensor logical_and(Tensor other) => Aten.LogicalAnd.Tensor(this, other);

        public Tensor logical_and_(Tensor other) => Aten.LogicalAndIn.Mutate(this, other);

        public Tensor logical_or(Tensor other) => Aten.LogicalOr.Tensor(this, other);

        public Tensor logical_or_(Tensor other) => Aten.LogicalOrIn.Mutate(this, other);

        public Tensor logical_xor(Tensor other) => Aten.LogicalXor.Tensor(this, other);

        public Tensor logical_xor_(Tensor other) => Aten.LogicalXorIn.Mutate(this, other);

        public Tensor bitwise_and(Tensor other) => Aten.BitwiseAnd.Tensor(this, other);

        public Tensor bitwise_and_(Tensor other) => Aten.BitwiseAndIn.Mutate(this, other);

        public Tensor bitwise_or(Tensor other) => Aten.BitwiseOr.Tensor(this, other);

        public Tensor bitwise_or_(Tensor other) => Aten.BitwiseOrIn.Mutate(this, other);

        public Tensor bitwise_xor(Tensor other) => Aten.BitwiseXor.Tensor(this, other);

        public Tensor bitwise_xor_(Tensor other) => Aten.BitwiseXorIn.Mutate(this, other);

        public Tensor bitwise_not() => Aten.BitwiseNot.Tensor(this);

        public Tensor bitwise_not_() => Aten.BitwiseNotIn.Mutate(this);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => Aten.Isclose.Tensor(this, other, rtol, atol, nanEqual);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Aten.Allclose.Scalar(this, target, rtol, atol, equal_nan).ToBoolean();

        public bool Equals(Tensor target) => target is not null && Aten.Equal.Scalar(this, target).ToBoolean();
    }
}
