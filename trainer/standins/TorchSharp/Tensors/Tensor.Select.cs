using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor index_select(long dim, Tensor index) => Aten.IndexSelect.Tensor(this, dim, index);

        public Tensor select(long dim, long index) => Aten.Select.Tensor(this, dim, index);

        public Tensor narrow(long dim, long start, long length) => Aten.Narrow.Tensor(this, dim, start, length);

        public Tensor gather(long dim, Tensor index) => Aten.Gather.Tensor(this, dim, index);

        public Tensor where(Tensor condition, Tensor y) => condition.dtype == ScalarType.Bool
            ? Aten.Where.Tensor(condition, this, y)
            : throw new ArgumentException($"The condition must be a tensor of Bool, not of {condition.dtype}.", nameof(condition));

        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.MaskedFill.Tensor(this, mask, value);

        public Tensor masked_select(Tensor mask) => Aten.MaskedSelect.Tensor(this, mask);

        public Tensor nonzero() => Aten.Nonzero.Tensor(this);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.SortStable.Pair(this, stable, dim, descending);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Aten.Topk.Pair(this, k, dim, largest, sorted);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Aten.Bincount.Tensor(this, Argument.Optional(weights), minlength);
    }
}
