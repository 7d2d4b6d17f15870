using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Aten.Abs.Tensor(this);

        public Tensor abs_() => Aten.AbsIn.Mutate(this);

        public Tensor neg() => Aten.Neg.Tensor(this);

        public Tensor exp() => Aten.Exp.Tensor(this);

        public Tensor log() => Aten.Log.Tensor(this);

        public Tensor sqrt() => Aten.Sqrt.Tensor(this);

        public Tensor sqrt_() => Aten.SqrtIn.Mutate(this);

        public Tensor rsqrt() => Aten.Rsqrt.Tensor(this);

        public Tensor reciprocal() => Aten.Reciprocal.Tensor(this);

        public Tensor floor() => Aten.Floor.Tensor(this);

        public Tensor sigmoid() => Aten.Sigmoid.Tensor(this);

        public Tensor sigmoid_() => Aten.SigmoidIn.Mutate(this);

        public Tensor relu() => Aten.Relu.Tensor(this);

        public Tensor relu_() => Aten.ReluIn.Mutate(this);

        public Tensor silu() => Aten.Silu.Tensor(this);

        public Tensor silu_() => Aten.SiluIn.Mutate(this);

        public Tensor round(long decimals = 0L) => Aten.Round.Tensor(this, decimals);

        public Tensor negative() => neg();

        public Tensor square() => pow(2);

        public Tensor pow(Tensor exponent) => Aten.PowTensor.Tensor(this, exponent);

        public Tensor pow(Scalar exponent) => Aten.PowScalar.Tensor(this, exponent);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Clamp.Tensor(this, Argument.Optional(min), Argument.Optional(max));

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.ClampTensor.Tensor(this, Argument.Optional(min), Argument.Optional(max));

        public Tensor clamp_min(Scalar min) => Aten.ClampMin.Tensor(this, min);

        public Tensor clamp_max(Scalar max) => Aten.ClampMax.Tensor(this, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.ClampIn.Mutate(this, Argument.Optional(min), Argument.Optional(max));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Aten.ClampTensorIn.Mutate(this, Argument.Optional(min), Argument.Optional(max));

        public Tensor maximum(Tensor other) => Aten.Maximum.Tensor(this, other);

        public Tensor minimum(Tensor other) => Aten.Minimum.Tensor(this, other);

        public Tensor softmax(long dim, ScalarType? dtype = null) => special.softmax(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => special.log_softmax(this, dim, dtype);
    }
}
