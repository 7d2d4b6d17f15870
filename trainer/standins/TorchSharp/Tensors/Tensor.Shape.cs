using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor t() => Aten.T.Tensor(this);

        public Tensor transpose(long dim0, long dim1) => Aten.Transpose.Tensor(this, dim0, dim1);

        public Tensor permute(params long[] permutation) => Aten.Permute.Tensor(this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor movedim(long[] source, long[] destination) => Aten.MoveDim.Tensor(this, source, destination);

        public Tensor reshape(params long[] shape) => Aten.Reshape.Tensor(this, shape);

        public Tensor view(params long[] shape) => Aten.View.Tensor(this, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.Flatten.Tensor(this, start_dim, end_dim);

        public Tensor unsqueeze(long dim) => Aten.Unsqueeze.Tensor(this, dim);

        public Tensor squeeze(long? dim = null) => dim is { } one ? Aten.SqueezeDim.Tensor(this, one) : Aten.Squeeze.Tensor(this);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Aten.Expand.Tensor(this, sizes, isImplicit);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Aten.Expand.Tensor(this, sizes, isImplicit);

        public Tensor expand(params long[] sizes) => Aten.Expand.Tensor(this, sizes, false);

        public Tensor expand_as(Tensor other) => expand(other.shape, false);

        public Tensor repeat(params long[] sizes) => Aten.Repeat.Tensor(this, sizes);

        public Tensor flip(params long[] dims) => Aten.Flip.Tensor(this, dims);

        public Tensor roll(long shifts, long? dims = null) => Aten.Roll.Tensor(this, new[] { shifts }, dims is { } one ? new[] { one } : Array.Empty<long>());

        public Tensor roll(long[] shifts) => roll(shifts, new long[] { 0 });

        public Tensor roll(long[] shifts, long[] dims) => Aten.Roll.Tensor(this, shifts, dims);

        public Tensor roll((long, long) shifts, (long, long) dims) =>
            Aten.Roll.Tensor(this, new[] { shifts.Item1, shifts.Item2 }, new[] { dims.Item1, dims.Item2 });

        public Tensor roll((long, long, long) shifts, (long, long, long) dims) =>
            Aten.Roll.Tensor(this, new[] { shifts.Item1, shifts.Item2, shifts.Item3 }, new[] { dims.Item1, dims.Item2, dims.Item3 });

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Aten.Roll.Tensor(this, shifts, dims);

        public Tensor[] split(long size, int dim = 0) => Aten.Split.List(this, size, dim);

        public Tensor[] split(params long[] sizes) => split(sizes, 0L);

        public Tensor[] split(long[] sizes, long dim = 0) => Aten.SplitSizes.List(this, sizes, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Aten.SplitSizes.List(this, sizes, dim);

        public Tensor[] chunk(long chunks, long dim = 0) => Aten.Chunk.List(this, chunks, dim);

        public Tensor[] unbind(long dimension = 0) => Aten.Unbind.List(this, dimension);
    }
}
