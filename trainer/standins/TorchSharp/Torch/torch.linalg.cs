using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => special.softmax(input, dim, dtype);

    /// <summary>Linear algebra.</summary>
    public static class linalg
    {
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Aten.LinalgNormNamed.Tensor(input, ord, Given(dims), keepdim);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Aten.LinalgNorm.Tensor(input, (Scalar)ord, Given(dims), keepdim);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Aten.LinalgNorm.Tensor(input, (Scalar)ord, Given(dims), keepdim);

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Aten.LinalgNorm.Tensor(input, Argument.None, Given(dims), keepdim);

        private static Argument Given(long[]? dims) => dims is null or [] ? Argument.None : dims;
    }

    /// <summary>Special functions.</summary>
    public static class special
    {
        public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Aten.Softmax.Tensor(input, dim, Argument.Optional(dtype));

        public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => Aten.LogSoftmax.Tensor(input, dim, Argument.Optional(dtype));
    }
}
