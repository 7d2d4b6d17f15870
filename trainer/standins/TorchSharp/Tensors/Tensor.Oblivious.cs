// Of these members the official assembly says nothing about null, so neither does this one.
#nullable disable
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sin() => Aten.Sin.Tensor(this);

        public Tensor sin_() => Aten.SinIn.Mutate(this);

        public Tensor cos() => Aten.Cos.Tensor(this);

        public Tensor cos_() => Aten.CosIn.Mutate(this);

        public Tensor tan() => Aten.Tan.Tensor(this);

        public Tensor tan_() => Aten.TanIn.Mutate(this);

        public Tensor tanh() => Aten.Tanh.Tensor(this);

        public Tensor tanh_() => Aten.TanhIn.Mutate(this);

        public Tensor atan() => Aten.Atan.Tensor(this);

        public Tensor atan_() => Aten.AtanIn.Mutate(this);

        public Tensor dot(Tensor target) => Aten.Dot.Tensor(this, target);

        public Tensor matmul(Tensor target) => Aten.Matmul.Tensor(this, target);

        public Tensor mm(Tensor target) => Aten.Mm.Tensor(this, target);
    }
}
