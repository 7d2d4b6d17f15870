// Of these members the official assembly says nothing about null, so neither does this one.
#nullable disable
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor tanh() => Aten.Tanh.Tensor(this);

        public Tensor tanh_() => Aten.TanhIn.Mutate(this);

        public Tensor matmul(Tensor target) => Aten.Matmul.Tensor(this, target);

        public Tensor mm(Tensor target) => Aten.Mm.Tensor(this, target);
    }
}
