using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5)
            {
                if (training && ValuesPerChannel(input) == 1)
                    throw new ExternalException($"Expected more than 1 value per channel when training, got input size [{string.Join(", ", input.shape)}]");
                return Aten.BatchNorm.Tensor(
                    input, Argument.Optional(weight), Argument.Optional(bias), Argument.Optional(running_mean), Argument.Optional(running_var), training, momentum, eps, true);
            }

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.GroupNorm.Tensor(input, num_groups, Argument.Optional(weight), Argument.Optional(bias), eps);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.LayerNorm.Tensor(input, normalized_shape, Argument.Optional(weight), Argument.Optional(bias), eps);

            private static long ValuesPerChannel(Tensor input)
            {
                long[] shape = input.shape;
                long values = 1;
                for (int i = 0; i < shape.Length; i++)
                    if (i != 1) values *= shape[i];
                return values;
            }
        }
    }
}
