using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The GPUs of NVIDIA.</summary>
    public static class cuda
    {
        public static bool is_available() => Shim.CudaDevices() > 0;

        public static int device_count() => Math.Max(0, Shim.CudaDevices());

        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(device?.type ?? DeviceType.CUDA);
            Shim.Check(Shim.CudaSynchronize(device?.index ?? -1), "synchronize");
        }
    }

    /// <summary>Settings of the libraries under libtorch.</summary>
    public static class backends
    {
        /// <summary>Settings of CUDA.</summary>
        public static class cuda
        {
            /// <summary>Settings of matrix products.</summary>
            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => Shim.Tf32(0) != 0;
                    set => Shim.Check(Shim.SetTf32(0, value ? (byte)1 : (byte)0), "allow_tf32");
                }
            }
        }

        /// <summary>Settings of cuDNN.</summary>
        public static class cudnn
        {
            public static bool allow_tf32
            {
                get => Shim.Tf32(1) != 0;
                set => Shim.Check(Shim.SetTf32(1, value ? (byte)1 : (byte)0), "allow_tf32");
            }
        }
    }
}
