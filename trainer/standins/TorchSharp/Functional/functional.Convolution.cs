using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Neural networks.</summary>
    public static partial class nn
    {
        /// <summary>The functions that layers are made of.</summary>
        public static partial class functional
        {
            private static readonly long[] Ones = [1, 1];
            private static readonly long[] Zeros = [0, 0];

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.Conv2d.Tensor(input, weight, Argument.Optional(bias), strides ?? Ones, padding ?? Zeros, dilation ?? Ones, groups);

            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.ConvTranspose2d.Tensor(input, weight, Argument.Optional(bias), strides ?? Ones, padding ?? Zeros, output_padding ?? Zeros, groups, dilation ?? Ones);

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.Linear.Tensor(input, weights, Argument.Optional(bias));
        }
    }
}
