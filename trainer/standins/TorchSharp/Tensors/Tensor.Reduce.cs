using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Aten.Sum.Tensor(this, Argument.Optional(type));

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Aten.SumDim.Tensor(this, dim, keepdim, Argument.Optional(type));

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Aten.SumDim.Tensor(this, dim, keepdim, Argument.Optional(type));

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Aten.Mean.Tensor(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Aten.MeanDim.Tensor(this, dimensions, keepdim, Argument.Optional(type));

        public Tensor max() => Aten.Max.Tensor(this);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Aten.MaxDim.Pair(this, dim, keepdim);

        public Tensor min() => Aten.Min.Tensor(this);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Aten.MinDim.Pair(this, dim, keepdim);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => @out is null
            ? Aten.Amax.Tensor(this, dims, keepdim)
            : Aten.AmaxOut.Tensor(this, dims, keepdim, @out);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => amax((ReadOnlySpan<long>)dims, keepdim, @out);

        public Tensor amax(params long[] dims) => amax((ReadOnlySpan<long>)dims);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => @out is null
            ? Aten.Amin.Tensor(this, dims, keepdim)
            : Aten.AminOut.Tensor(this, dims, keepdim, @out);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => amin((ReadOnlySpan<long>)dims, keepdim, @out);

        public Tensor amin(params long[] dims) => amin((ReadOnlySpan<long>)dims);

        public Tensor argmax() => Aten.Argmax.Tensor(this);

        public Tensor argmax(long dim, bool keepdim = false) => Aten.Argmax.Tensor(this, dim, keepdim);

        public Tensor argmin() => Aten.Argmin.Tensor(this);

        public Tensor argmin(long dim, bool keepdim = false) => Aten.Argmin.Tensor(this, dim, keepdim);

        public Tensor any() => Aten.Any.Tensor(this);

        public Tensor any(long dim, bool keepdim = false) => Aten.AnyDim.Tensor(this, dim, keepdim);

        public Tensor all() => Aten.All.Tensor(this);

        public Tensor all(long dim, bool keepdim = false) => Aten.AllDim.Tensor(this, dim, keepdim);

        public Tensor norm(float p = 2.0f) => Aten.Norm.Tensor(this, (Scalar)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Aten.NormDim.Tensor(this, (Scalar)p, new long[] { dim }, keepdim);

        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.Cumsum.Tensor(this, dim, Argument.Optional(type));
    }
}
