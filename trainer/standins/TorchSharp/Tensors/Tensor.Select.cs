using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor index_select(long dim, Tensor index) => Aten.IndexSelect.Tensor(this, dim, index);

        public Tensor select(long dim, long index) => Aten.Select.Tensor(this, dim, index);

        public Tensor narrow(long dim, long start, long length) => Aten.Narrow.Tensor(this, dim, start, length);

        public Tensor slice(long dim, long start, long finish, long step) => Aten.Slice.Tensor(this, dim, start, finish, step);

        public Tensor gather(long dim, Tensor index) => Aten.Gather.Tensor(this, dim, index);

        public Tensor take(Tensor index) => Aten.Take.Tensor(this, index);

        public Tensor where(Tensor condition, Tensor y) => condition.dtype == ScalarType.Bool
            ? Aten.Where.Tensor(condition, this, y)
            : throw new ArgumentException($"The condition must be a tensor of Bool, not of {condition.dtype}.", nameof(condition));

        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.MaskedFill.Tensor(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Aten.MaskedFillIn.Mutate(this, mask, value);

        public Tensor masked_select(Tensor mask) => Aten.MaskedSelect.Tensor(this, mask);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Aten.IndexAdd.Tensor(this, dim, LongIndex(index), source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Aten.IndexAddIn.Mutate(this, dim, LongIndex(index), source, alpha);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.Scatter.Tensor(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Aten.ScatterIn.Mutate(this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.ScatterAdd.Tensor(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Aten.ScatterAddIn.Mutate(this, dim, index, src);

        public Tensor nonzero() => Aten.Nonzero.Tensor(this);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.SortStable.Pair(this, stable, dim, descending);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Aten.Topk.Pair(this, k, dim, largest, sorted);

        public Tensor argsort(long dim = -1, bool descending = false) => Aten.Argsort.Tensor(this, dim, descending);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Aten.Bincount.Tensor(this, Argument.Optional(weights), minlength);

        public Tensor tril(long diagonal = 0) => Aten.Tril.Tensor(this, diagonal);

        public Tensor triu(long diagonal = 0) => Aten.Triu.Tensor(this, diagonal);

        private static Tensor LongIndex(Tensor index) => index.dtype == ScalarType.Int64
            ? index
            : throw new ArgumentException($"An index must be a tensor of Int64, not of {index.dtype}.", nameof(index));
    }
}
