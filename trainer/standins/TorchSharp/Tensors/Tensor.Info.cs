using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => Info().Dimensions;

        public long ndim => Info().Dimensions;

        public long NumberOfElements => Info().Elements;

        public long ElementSize => Info().ItemSize;

        public long[] shape => size();

        public ScalarType dtype => (ScalarType)Info().Type;

        public DeviceType device_type => (DeviceType)Info().Device;

        public Device device
        {
            get
            {
                var info = Info();
                var type = (DeviceType)info.Device;
                return type == DeviceType.CPU ? new Device(type) : new Device(type, info.DeviceIndex);
            }
        }

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_leaf => Info().Leaf != 0;

        public bool requires_grad
        {
            get => Info().RequiresGrad != 0;
            set
            {
                Shim.Check(Shim.SetRequiresGrad(Handle, value ? (byte)1 : (byte)0), "requires_grad");
                GC.KeepAlive(this);
            }
        }

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_contiguous() => Info().Contiguous != 0;

        public unsafe long[] size()
        {
            var info = Info();
            long[] sizes = new ReadOnlySpan<long>(info.Sizes, (int)info.Dimensions).ToArray();
            GC.KeepAlive(this);
            return sizes;
        }

        public unsafe long size(int dim)
        {
            var info = Info();
            long size = info.Sizes[Wrap(dim, info.Dimensions)];
            GC.KeepAlive(this);
            return size;
        }

        public unsafe long[] stride()
        {
            var info = Info();
            long[] strides = new ReadOnlySpan<long>(info.Strides, (int)info.Dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        public unsafe long stride(int dim)
        {
            var info = Info();
            long stride = info.Strides[Wrap(dim, info.Dimensions)];
            GC.KeepAlive(this);
            return stride;
        }

        internal TensorInfo Info()
        {
            Shim.Check(Shim.Info(Handle, out var info), "tensor");
            GC.KeepAlive(this);
            return info;
        }

        private static long Wrap(int dim, long dimensions) => dim >= -dimensions && dim < dimensions
            ? dim < 0 ? dim + dimensions : dim
            : throw new System.Runtime.InteropServices.ExternalException($"Dimension out of range (expected {-dimensions} to {dimensions - 1}, but got {dim})");
    }
}
