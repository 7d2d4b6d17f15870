using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Aten.Add.Tensor(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Aten.Add.Tensor(this, target, alpha);

        public Tensor add(Scalar scalar) => Aten.AddScalar.Tensor(this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Aten.AddScalar.Tensor(this, scalar, alpha);

        public Tensor sub(Tensor target) => Aten.Sub.Tensor(this, target);

        public Tensor sub(Scalar target) => Aten.SubScalar.Tensor(this, target);

        public Tensor mul(Tensor target) => Aten.Mul.Tensor(this, target);

        public Tensor mul(Scalar target) => Aten.MulScalar.Tensor(this, target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Aten.Div.Tensor(this, target)
            : Aten.DivMode.Tensor(this, target, rounding_mode.ToString());

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Aten.DivScalar.Tensor(this, target)
            : Aten.DivScalarMode.Tensor(this, target, rounding_mode.ToString());

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Addcmul.Tensor(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Addcdiv.Tensor(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Aten.Addcdiv.Tensor(this, tensor1, tensor2);

        public Tensor lerp(Tensor end, Tensor weight) => Aten.Lerp.Tensor(this, end, weight);

        public Tensor add_(Tensor target) => Aten.AddIn.Mutate(this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Aten.AddIn.Mutate(this, target, alpha);

        public Tensor add_(Scalar scalar) => Aten.AddScalarIn.Mutate(this, scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.AddScalarIn.Mutate(this, scalar, alpha);

        public Tensor sub_(Tensor target) => Aten.SubIn.Mutate(this, target);

        public Tensor sub_(Scalar target) => Aten.SubScalarIn.Mutate(this, target);

        public Tensor mul_(Tensor target) => Aten.MulIn.Mutate(this, target);

        public Tensor mul_(Scalar target) => Aten.MulScalarIn.Mutate(this, target);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Aten.DivIn.Mutate(this, target)
            : Aten.DivModeIn.Mutate(this, target, rounding_mode.ToString());

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? Aten.DivScalarIn.Mutate(this, target)
            : Aten.DivScalarModeIn.Mutate(this, target, rounding_mode.ToString());

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.AddcmulIn.Mutate(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.AddcdivIn.Mutate(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Aten.AddcdivIn.Mutate(this, tensor1, tensor2);

        public Tensor lerp_(Tensor end, Tensor weight) => Aten.LerpIn.Mutate(this, end, weight);
    }
}
