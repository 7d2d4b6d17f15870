using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Aten.Abs.Tensor(this);

        public Tensor abs_() => Aten.AbsIn.Mutate(this);

        public Tensor neg() => Aten.Neg.Tensor(this);

        public Tensor neg_() => Aten.NegIn.Mutate(this);

        public Tensor exp() => Aten.Exp.Tensor(this);

        public Tensor exp_() => Aten.ExpIn.Mutate(this);

        public Tensor expm1() => Aten.Expm1.Tensor(this);

        public Tensor expm1_() => Aten.Expm1In.Mutate(this);

        public Tensor log() => Aten.Log.Tensor(this);

        public Tensor log_() => Aten.LogIn.Mutate(this);

        public Tensor log1p() => Aten.Log1p.Tensor(this);

        public Tensor log1p_() => Aten.Log1pIn.Mutate(this);

        public Tensor log2() => Aten.Log2.Tensor(this);

        public Tensor log2_() => Aten.Log2In.Mutate(this);

        public Tensor log10() => Aten.Log10.Tensor(this);

        public Tensor log10_() => Aten.Log10In.Mutate(this);

        public Tensor sqrt() => Aten.Sqrt.Tensor(this);

        public Tensor sqrt_() => Aten.SqrtIn.Mutate(this);

        public Tensor rsqrt() => Aten.Rsqrt.Tensor(this);

        public Tensor rsqrt_() => Aten.RsqrtIn.Mutate(this);

        public Tensor reciprocal() => Aten.Reciprocal.Tensor(this);

        public Tensor reciprocal_() => Aten.ReciprocalIn.Mutate(this);

        public Tensor floor() => Aten.Floor.Tensor(this);

        public Tensor floor_() => Aten.FloorIn.Mutate(this);

        public Tensor ceil() => Aten.Ceil.Tensor(this);

        public Tensor ceil_() => Aten.CeilIn.Mutate(this);

        public Tensor trunc() => Aten.Trunc.Tensor(this);

        public Tensor trunc_() => Aten.TruncIn.Mutate(this);

        public Tensor sign() => Aten.Sign.Tensor(this);

        public Tensor sign_() => Aten.SignIn.Mutate(this);

        public Tensor erf() => Aten.Erf.Tensor(this);

        public Tensor erf_() => Aten.ErfIn.Mutate(this);

        public Tensor sigmoid() => Aten.Sigmoid.Tensor(this);

        public Tensor sigmoid_() => Aten.SigmoidIn.Mutate(this);

        public Tensor relu() => Aten.Relu.Tensor(this);

        public Tensor relu_() => Aten.ReluIn.Mutate(this);

        public Tensor silu() => Aten.Silu.Tensor(this);

        public Tensor silu_() => Aten.SiluIn.Mutate(this);

        public Tensor round(long decimals = 0L) => Aten.Round.Tensor(this, decimals);

        public Tensor round_(long decimals = 0L) => Aten.RoundIn.Mutate(this, decimals);

        public Tensor absolute() => abs();

        public Tensor negative() => neg();

        public Tensor square() => pow(2);

        public Tensor pow(Tensor exponent) => Aten.PowTensor.Tensor(this, exponent);

        public Tensor pow_(Tensor exponent) => Aten.PowTensorIn.Mutate(this, exponent);

        public Tensor pow(Scalar exponent) => Aten.PowScalar.Tensor(this, exponent);

        public Tensor pow_(Scalar exponent) => Aten.PowScalarIn.Mutate(this, exponent);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Clamp.Tensor(this, Argument.Optional(min), Argument.Optional(max));

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.ClampTensor.Tensor(this, Argument.Optional(min), Argument.Optional(max));

        public Tensor clamp_min(Scalar min) => Aten.ClampMin.Tensor(this, min);

        public Tensor clamp_max(Scalar max) => Aten.ClampMax.Tensor(this, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.ClampIn.Mutate(this, Argument.Optional(min), Argument.Optional(max));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Aten.ClampTensorIn.Mutate(this, Argument.Optional(min), Argument.Optional(max));

        public Tensor clamp_min_(Scalar min) => Aten.ClampMinIn.Mutate(this, min);

        public Tensor clamp_max_(Scalar max) => Aten.ClampMaxIn.Mutate(this, max);

        public Tensor maximum(Tensor other) => Aten.Maximum.Tensor(this, other);

        public Tensor minimum(Tensor other) => Aten.Minimum.Tensor(this, other);

        public Tensor fmax(Tensor other) => Aten.Fmax.Tensor(this, other);

        public Tensor fmin(Tensor other) => Aten.Fmin.Tensor(this, other);

        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Aten.NanToNum.Tensor(this, nan, Argument.Optional(posinf), Argument.Optional(neginf));

        public Tensor nan_to_num_(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Aten.NanToNumIn.Mutate(this, nan, Argument.Optional(posinf), Argument.Optional(neginf));

        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.Softplus.Tensor(this, (Scalar)beta, (Scalar)threshold);

        public Tensor softmax(long dim, ScalarType? dtype = null) => special.softmax(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => special.log_softmax(this, dim, dtype);
    }
}
