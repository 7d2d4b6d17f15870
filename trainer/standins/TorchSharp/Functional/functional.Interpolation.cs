using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How values between pixels are made.</summary>
    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
        NearestExact = 6,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                bool smooth = mode is InterpolationMode.Linear or InterpolationMode.Bilinear or InterpolationMode.Bicubic or InterpolationMode.Trilinear;
                if (!smooth && align_corners is not null)
                    throw new ExternalException("align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear");
                if (antialias && mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ExternalException("Anti-alias option is only supported for bilinear and bicubic modes");

                var output = size is null or [] ? null : size;
                var scales = scale_factor is null or [] ? null : scale_factor;
                if ((output is null) == (scales is null))
                    throw new ExternalException(output is null ? "either size or scale_factor should be defined" : "only one of size or scale_factor should be defined");
                if (scales is not null && (recompute_scale_factor || mode == InterpolationMode.Area)) (output, scales) = (Scaled(x, scales), null);

                var op = Interpolation(mode, x.Dimensions - 2, antialias);
                return mode == InterpolationMode.Area ? op.Tensor(x, output!)
                    : smooth ? op.Tensor(x, Argument.Optional(output), align_corners ?? false, Argument.Optional(scales))
                    : op.Tensor(x, Argument.Optional(output), Argument.Optional(scales));
            }

            private static Operator Interpolation(InterpolationMode mode, long spatial, bool antialias) => (mode, spatial, antialias) switch
            {
                (InterpolationMode.Nearest, 1, _) => Aten.UpsampleNearest1d,
                (InterpolationMode.Nearest, 2, _) => Aten.UpsampleNearest2d,
                (InterpolationMode.Nearest, 3, _) => Aten.UpsampleNearest3d,
                (InterpolationMode.NearestExact, 1, _) => Aten.UpsampleNearestExact1d,
                (InterpolationMode.NearestExact, 2, _) => Aten.UpsampleNearestExact2d,
                (InterpolationMode.NearestExact, 3, _) => Aten.UpsampleNearestExact3d,
                (InterpolationMode.Area, 1, _) => Aten.AdaptiveAvgPool1d,
                (InterpolationMode.Area, 2, _) => Aten.AdaptiveAvgPool2d,
                (InterpolationMode.Area, 3, _) => Aten.AdaptiveAvgPool3d,
                (InterpolationMode.Linear, 1, _) => Aten.UpsampleLinear1d,
                (InterpolationMode.Bilinear, 2, false) => Aten.UpsampleBilinear2d,
                (InterpolationMode.Bilinear, 2, true) => Aten.UpsampleBilinear2dAntialiased,
                (InterpolationMode.Bicubic, 2, false) => Aten.UpsampleBicubic2d,
                (InterpolationMode.Bicubic, 2, true) => Aten.UpsampleBicubic2dAntialiased,
                (InterpolationMode.Trilinear, 3, _) => Aten.UpsampleTrilinear3d,
                _ => throw new ExternalException($"The mode {mode} does not fit an input of {spatial + 2} dimensions."),
            };

            private static long[] Scaled(Tensor x, double[] scales)
            {
                long[] shape = x.shape;
                var size = new long[shape.Length - 2];
                for (int i = 0; i < size.Length; i++) size[i] = (long)Math.Floor(shape[i + 2] * scales[i]);
                return size;
            }
        }
    }
}
