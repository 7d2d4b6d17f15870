using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor fill_(Scalar value) => Aten.FillIn.Mutate(this, value);

        public Tensor zero_() => Aten.ZeroIn.Mutate(this);

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.ZerosLike.Tensor(this, dtype ?? this.dtype, Argument.None, device ?? this.device).requires_grad_(requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.OnesLike.Tensor(this, dtype ?? this.dtype, Argument.None, device ?? this.device).requires_grad_(requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.EmptyLike.Tensor(this, dtype ?? this.dtype, Argument.None, device ?? this.device).requires_grad_(requires_grad);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.RandLike.Tensor(this, dtype ?? this.dtype, Argument.None, device ?? this.device).requires_grad_(requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.RandnLike.Tensor(this, dtype ?? this.dtype, Argument.None, device ?? this.device).requires_grad_(requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Aten.FullLike.Tensor(this, value, dtype ?? this.dtype, Argument.None, device ?? this.device).requires_grad_(requires_grad);

        public Tensor uniform_(double from, double to, Generator? generator = null) => Aten.UniformIn.Mutate(this, from, to, Argument.Optional(generator));

        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Aten.NormalIn.Mutate(this, mean, std, Argument.Optional(generator));

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Aten.BernoulliIn.Mutate(this, p, Argument.Optional(generator));

        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Aten.BernoulliTensorIn.Mutate(this, p, Argument.Optional(generator));
    }
}
